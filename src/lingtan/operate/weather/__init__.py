"""Weather forecasts from outside, as they were issued: read from a folder or asked for by HTTP, kept, and given to the planner.

- `vintage`: one forecast as it was issued, what was known of all of them at a gate, and how old that is;
- `reading`: bytes of JSON or CSV to vintages, or why not;
- `folder`, `polling`: where they come from;
- `feed`: takes them in, keeps them, tells of what is wrong;
- `joined`: what the planner makes of them.
"""
