"""Makes an offline run of Weights & Biases below the folder that is given, and prints the run's folder."""

import json
import os
import sys

os.environ["WANDB_SILENT"] = "true"

import wandb

folder = sys.argv[1]
run = wandb.init(
    project="fraud", entity="acme", mode="offline", dir=folder, config={"lr": 0.1, "layers": [1, 2], "opt": {"name": "adam"}}
)
for step in range(3):
    run.log({"loss": 1 / (step + 1), "acc": 0.5 + step / 10})
run.summary["best"] = 0.93
run.finish()
name = next(entry for entry in os.listdir(os.path.join(folder, "wandb")) if entry.startswith("offline-run-"))
print(json.dumps(name))
