"""What `?` says of the view that answers why."""

WHY_HELP = """# Why

What the plan does with a thing, and what else it could do. Come here with `i` from a cell of any grid, or type `a` (or
`/`) and a name. Without a question it shows what is most worth asking.

For a stream: every place that could serve one more unit, what it would cost there, and what is in the way. For a
training job: every run it could have. For a pool: what one more or one fewer instance is worth in the period, and how
far that holds. For a contract: what a dollar more or less of the promise changes and, where the window is short,
whether its pools were full and what using the rest of them would cost.

Two prices stand beside each other for a stream. Unit-hour: what the place costs by itself, the last unit here or one
more there. Moving a unit: what the whole plan pays more when one unit moves there and all else adapts; places are in
this order. The one need not be the difference of the other.

`left` and `right` ask about the period before and after, `h` about the next time slice. `Enter` asks about the row
under the cursor: another place's capacity, a limit in the way, an allocation. `Backspace` goes back to the question
before.

Answers hold with the training runs, whole instances and price tiers of the plan. An answer is marked STALE once the
scenario was edited, and asked again as soon as there is a new plan."""
