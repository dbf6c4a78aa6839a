// needs: peft
import type { JsonObject } from '@weighbridge/core';
import { parsePeftAdapter } from '@weighbridge/formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { askPeer } from './ask-python.js';

/** Read from the sources, because PEFT runs only with PyTorch. */
let defaults: JsonObject;
beforeAll(() => {
  defaults = askPeer('peft', 'peft_defaults.py') as JsonObject;
});

const written = { peft_type: 'LORA', base_model_name_or_path: 'acme/base', target_modules: ['v_proj', 'q_proj'] };
const parse = (config: JsonObject) => parsePeftAdapter(JSON.stringify(config));

describe('the fields of a LoraConfig', () => {
  it('that stand at their defaults, as every save writes them, say what a file without them says', () => {
    expect(Object.keys(defaults)).toEqual(
      expect.arrayContaining(['r', 'lora_alpha', 'use_rslora', 'use_dora', 'target_parameters', 'peft_version']),
    );
    expect(parse({ ...defaults, ...written })).toEqual(parse(written));
  });

  it('that differ from their defaults are facts of the adapter, each of them', () => {
    const silent = new Set(['auto_mapping', 'inference_mode', 'peft_version']);
    const plain = JSON.stringify(parse(written));
    for (const name of Object.keys(defaults).filter((each) => !silent.has(each))) {
      const other = defaults[name] === true ? false : 'other';
      const config: JsonObject = { ...defaults, ...written, [name]: ['r', 'lora_alpha'].includes(name) ? 64 : other };
      if (name === 'lora_dropout') Object.assign(config, { lora_dropout: 0.5 });
      expect(JSON.stringify(parse(config)), name).not.toBe(plain);
    }
    for (const name of silent) {
      expect(JSON.stringify(parse({ ...defaults, ...written, [name]: 'other' })), name).toBe(plain);
    }
  });
});
