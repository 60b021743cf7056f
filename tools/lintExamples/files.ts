import type { ProblemCode } from '../../shared/rules/codes.ts';
import { type Example, exemption, rule, scan, who } from './example.ts';

const good = rule(scan);
const text = String(good['example.yaml']);
const deep = 45;

/** About the file as such. */
export const fileExamples = {
  'not-read': {
    bad: { ...good, 'example.yaml.old': text },
    at: 'example.yaml.old:1:1',
    good,
  },
  'too-large': {
    bad: { 'example.yaml': `# ${'Why this rule is as it is. '.repeat(160)}\n${text}` },
    at: 'example.yaml:1:1',
    good: { 'example.yaml': `# Why this rule is as it is: docs/rules-of-ours.md\n${text}` },
  },
  encoding: {
    bad: { 'example.yaml': `\uFEFF${text}` },
    at: 'example.yaml:1:1',
    good,
  },
  braces: {
    bad: rule(scan, 'description: See {{ team }}.\n'),
    at: 'example.yaml:7:18',
    good: rule(scan, 'description: See the team.\n'),
  },
  syntax: {
    bad: rule('type: [ImageScan\nresource: { kind: [image] }'),
    at: 'example.yaml:4:3',
    good,
  },
  'duplicate-key': {
    bad: rule(scan, 'mode: observe\nmode: enforce\n'),
    at: 'example.yaml:8:1',
    good: rule(scan, 'mode: enforce\n'),
  },
  anchor: {
    bad: rule('type: &types [ImageScan]'),
    at: 'example.yaml:3:16',
    good: rule('type: [ImageScan]'),
  },
  'too-deep': {
    bad: rule(`type: ${'['.repeat(deep)}ImageScan${']'.repeat(deep)}`),
    at: 'example.yaml:3:47',
    good: rule('type: [ImageScan]'),
  },
  empty: {
    bad: { ...good, 'later.yaml': '# To be written.\n' },
    at: 'later.yaml:1:1',
    good,
  },
  misplaced: {
    bad: {
      ...good,
      'legacy.yaml': `name: legacy\nwhen:\n  resource: { repository: [base/debian] }\n${who}expires: 2026-03-31\n`,
    },
    at: 'legacy.yaml:6:1',
    good: exemption('resource: { repository: [base/debian] }', `${who}expires: 2026-03-31\n`, good),
  },
} as const satisfies Partial<Record<ProblemCode, Example>>;
