import type { ErrorArea } from './definition.js';

export const coreErrors = {
  'core/model-name': {
    exit: 2,
    message: '"{name}" is not a model name.',
    remedy: 'Use 1 to 63 lower-case letters, digits and inner hyphens, such as fraud or support-bot.',
  },
  'core/version': {
    exit: 2,
    message: '"{version}" is not a semantic version.',
    remedy: 'Write major.minor.patch, such as 1.4.0 or 2.0.0-rc.1.',
  },
  'core/digest': {
    exit: 2,
    message: '"{digest}" is not a SHA-256 digest.',
    remedy: 'Write sha256: and 64 lower-case hexadecimal digits.',
  },
  'core/not-json': {
    exit: 70,
    message: 'A value that JSON cannot hold was to be written: {reason}.',
    remedy: 'Please report this with the command that you ran.',
  },
  'core/invariant': {
    exit: 70,
    message: 'Weighbridge contradicts itself: {reason}.',
    remedy: 'Please report this with the command that you ran; nothing after this point was written.',
  },
} as const satisfies ErrorArea;
