import type { ProblemCode } from '../../shared/rules/codes.ts';
import { type Example, rule, scan } from './example.ts';

const good = rule(scan, 'mode: enforce\n');
const text = String(good['example.yaml']);

/** About keys, values and names. */
export const keyExamples = {
  'unknown-key': { bad: rule(scan, 'mod: enforce\n'), at: 'example.yaml:7:1', good },
  missing: { bad: { 'example.yaml': text.replace(/do:\n.*\n/, '') }, at: 'example.yaml:1:1', good },
  value: { bad: rule(scan, 'mode: enforced\n'), at: 'example.yaml:7:1', good },
  name: { bad: { 'example-new.yaml': text }, at: 'example-new.yaml:1:1', good },
  'duplicate-name': {
    bad: { ...good, 'example.yml': text.replace('ImageScan', 'ImagePushed') },
    at: 'example.yml:1:1',
    good: { ...good, 'other.yml': text.replace('example', 'other').replace('ImageScan', 'ImagePushed') },
  },
  'unknown-action': {
    bad: rule(scan, '', '  - ecr.quarantine-imge'),
    at: 'example.yaml:6:5',
    good: rule(scan, '', '  - evidence.capture\n  - ecr.quarantine-image'),
  },
  'duplicate-action': {
    bad: rule(
      scan,
      '',
      '  - evidence.capture\n  - ecr.quarantine-image\n  - ecr.quarantine-image: { when: cause-is-image }',
    ),
    at: 'example.yaml:8:5',
    good: rule(scan, '', '  - evidence.capture\n  - ecr.quarantine-image: { when: cause-is-image }'),
  },
} as const satisfies Partial<Record<ProblemCode, Example>>;
