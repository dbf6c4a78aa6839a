"""Saves rows with the datasets library: `save_dataset.py FOLDER [LABEL]` makes them, `... FOLDER --from OTHER` saves again."""

import json
import sys

from datasets import Dataset, load_from_disk

folder, *words = sys.argv[1:]
if words[:1] == ["--from"]:
    rows = load_from_disk(words[1])
else:
    rows = Dataset.from_dict({"text": ["cheap", "dear"], "label": [0, int(words[0])]})
rows.save_to_disk(folder)
print(json.dumps(len(rows)))
