"""Writes the trainer_state.json of a short training, with transformers itself, to the path that is given."""

import json
import sys

from transformers.trainer_callback import TrainerState

state = TrainerState(
    epoch=2.0,
    global_step=40,
    max_steps=40,
    num_train_epochs=2,
    train_batch_size=8,
    best_metric=0.41,
    log_history=[
        {"loss": 0.9, "epoch": 1.0, "step": 20},
        {"eval_loss": 0.41, "epoch": 2.0, "step": 40},
        {"train_runtime": 123.4, "train_loss": 0.6, "epoch": 2.0, "step": 40},
    ],
)
state.save_to_json(sys.argv[1])
print(json.dumps(True))
