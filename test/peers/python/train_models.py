"""Trains tiny models with the Trainer of transformers and adapters with PEFT, writes all that they save below the folder
that is given, and answers what PyTorch itself knows of it."""

import contextlib
import copy
import json
import os
import pathlib
import sys

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error", CUDA_VISIBLE_DEVICES="")

import peft
import torch
import transformers
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM, Trainer, TrainingArguments

out = pathlib.Path(sys.argv[1])
torch.manual_seed(7)
torch.set_num_threads(1)


def llama():
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=64,
            hidden_size=16,
            intermediate_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=2,
            max_position_embeddings=64,
        )
    )


class Rows(torch.utils.data.Dataset):
    def __len__(self):
        return 16

    def __getitem__(self, place):
        row = torch.tensor([(place + step) % 60 for step in range(8)])
        return {"input_ids": row, "labels": row}


def tell(state):
    return {name: [str(value.dtype).removeprefix("torch."), list(value.shape)] for name, value in state.items()}


def save(model, name, **options):
    model.save_pretrained(out / name / "w", **options)
    return tell(model.state_dict())


def adapter(name, base, steps=0, **options):
    torch.manual_seed(len(name))
    settings = dict(task_type="CAUSAL_LM", r=4, lora_alpha=8, target_modules=["q_proj", "v_proj"])
    model = get_peft_model(copy.deepcopy(base), LoraConfig(**{**settings, **options}))
    model.base_model.model.config._name_or_path = "acme/tiny-llama"
    model.peft_config["default"].base_model_name_or_path = "acme/tiny-llama"
    for step in range(steps):
        loss = model(**{key: value[None] for key, value in Rows()[step].items()}).loss
        loss.backward()
        with torch.no_grad():
            for value in model.parameters():
                if value.grad is not None:
                    value -= value.grad
                    value.grad = None
    model.save_pretrained(out / name / "w")
    return model, tell(peft.get_peft_model_state_dict(model))


def train(name, **options):
    torch.manual_seed(7)
    settings = TrainingArguments(
        output_dir=str(out / name / "w"),
        num_train_epochs=2,
        per_device_train_batch_size=4,
        logging_steps=2,
        eval_strategy="epoch",
        save_steps=4,
        report_to=[],
        disable_tqdm=True,
        use_cpu=True,
        **options,
    )
    trainer = Trainer(model=llama(), args=settings, train_dataset=Rows(), eval_dataset=Rows())
    trained = trainer.train()
    trainer.save_model()
    trainer.save_state()
    metrics = {**trained.metrics, **trainer.evaluate()}
    trainer.save_metrics("all", metrics)
    return {"metrics": metrics, "tensors": tell(trainer.model.state_dict()), "steps": trainer.state.global_step}


with contextlib.redirect_stdout(sys.stderr):
    base = llama()
    tensors = {
        "base": save(base, "base"),
        "pickled": save(base, "pickled", safe_serialization=False),
        "sharded": save(base, "sharded", max_shard_size="8KB"),
        "sharded-pickled": save(base, "sharded-pickled", max_shard_size="8KB", safe_serialization=False),
        "half": save(copy.deepcopy(base).to(torch.bfloat16), "half"),
    }
    resized = copy.deepcopy(base)
    resized.resize_token_embeddings(72)
    tensors["resized"] = save(resized, "resized")
    adapters = {
        "lora": {},
        "lora-retrained": {"steps": 3},
        "lora-alpha": {"lora_alpha": 16},
        "lora-rank": {"r": 8},
        "lora-rank-pattern": {"rank_pattern": {"layers.0.self_attn.q_proj": 2}},
        "rslora": {"use_rslora": True},
        "dora": {"use_dora": True},
        "pattern": {"target_modules": r".*\.(q|v)_proj"},
        "linear": {"target_modules": "all-linear"},
        "saved": {"modules_to_save": ["lm_head"]},
        "tokens": {"trainable_token_indices": {"embed_tokens": [1, 5]}},
        "embedding": {"target_modules": ["q_proj", "v_proj", "embed_tokens"]},
        "bias": {"bias": "lora_only"},
    }
    models = {}
    for name, options in adapters.items():
        models[name], tensors[name] = adapter(name, base, **options)
    tensors["merged"] = save(copy.deepcopy(models["lora-retrained"]).merge_and_unload(), "merged")
    runs = {"run": train("run"), "run-pickled": train("run-pickled", save_safetensors=False)}

print(
    json.dumps(
        {
            "tensors": tensors,
            "runs": runs,
            "versions": {each.__name__: each.__version__ for each in (torch, transformers, peft)},
        }
    )
)
