"""Reads a model card with the Hub's own library and validates a bill of materials with that of CycloneDX.

Input: {"cards": [text], "boms": [text]}. Output: what each card says to a program, and the faults of each bill.
"""

import json
import sys

from cyclonedx.model.bom import Bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from huggingface_hub import ModelCard
from huggingface_hub.repocard_data import eval_results_to_model_index, model_index_to_eval_results


def read_card(text):
    card = ModelCard(text)
    values = card.data.to_dict()
    results = card.data.eval_results or []
    index = eval_results_to_model_index(card.data.model_name, results) if results else None
    again = model_index_to_eval_results(index)[1] if index else []
    return {
        "data": values,
        "results": [
            {
                "task": each.task_type,
                "dataset": each.dataset_type,
                "metric": each.metric_type,
                "value": each.metric_value,
                "revision": each.dataset_revision,
            }
            for each in results
        ],
        "round_trip": again == results,
        "body": card.text,
    }


def read_bom(text):
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    later = JsonStrictValidator(SchemaVersion.V1_7).validate_str(text.replace("bom-1.6.schema", "bom-1.7.schema").replace('"specVersion":"1.6"', '"specVersion":"1.7"'))
    bom = Bom.from_json(json.loads(text))
    return {
        "faults": [str(each)[:2000] for each in (fault, later) if each is not None],
        "component": bom.metadata.component.name,
        "hashes": sorted(hash.content for component in bom.components for hash in component.hashes),
        "ancestors": sorted(str(each.purl or each.name) for each in bom.metadata.component.pedigree.ancestors),
        "licenses": sorted(str(getattr(each, "id", None) or getattr(each, "name", None)) for each in bom.metadata.component.licenses),
        "serial": str(bom.serial_number),
    }


asked = json.load(sys.stdin)
print(json.dumps({"cards": [read_card(each) for each in asked["cards"]], "boms": [read_bom(each) for each in asked["boms"]]}))
