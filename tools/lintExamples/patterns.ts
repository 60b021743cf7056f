import type { ProblemCode } from '../../shared/rules/codes.ts';
import { type Example, rule } from './example.ts';

/** About the pattern of a rule, an exemption or a protection. */
export const patternExamples = {
  pattern: {
    bad: rule('severity: [{ numeric: [">=", 7, "<", 4] }]'),
    at: 'example.yaml:3:16',
    good: rule('severity: [{ numeric: [">=", 4, "<", 7] }]'),
  },
  overridden: {
    bad: rule('label: [critical]\n$or:\n  - label: [high]\n  - source: [guardduty]'),
    at: 'example.yaml:2:1',
    good: rule('$or:\n  - label: [critical, high]\n  - label: [critical]\n    source: [guardduty]'),
  },
  'unknown-field': {
    bad: rule('severty: [{ numeric: [">=", 7] }]'),
    at: 'example.yaml:3:3',
    good: rule('severity: [{ numeric: [">=", 7] }]'),
  },
  'wrong-type': {
    bad: rule('account: [123456789012]'),
    at: 'example.yaml:3:13',
    good: rule('account: ["123456789012"]'),
  },
  'unknown-value': {
    bad: rule('label: [Critical]'),
    at: 'example.yaml:3:11',
    good: rule('label: [critical]'),
  },
  'never-asked': {
    bad: rule('type: [ImageScan]\nstatus: [resolved]'),
    at: 'example.yaml:4:3',
    good: rule('type: [ImageScan]\nstatus: [open]'),
  },
  contradiction: {
    bad: rule('source: [guardduty]\nvulnerability: { exploitAvailable: [true] }'),
    at: 'example.yaml:4:20',
    good: rule('source: [inspector]\nvulnerability: { exploitAvailable: [true] }'),
  },
  'dead-alternative': {
    bad: rule('source: [config]\n$or:\n  - label: [critical]\n  - compliance: { resourceType: ["AWS::ECS::Service"] }'),
    at: 'example.yaml:5:7',
    good: rule(
      '$or:\n  - source: [guardduty]\n    label: [critical]\n  - source: [config]\n    compliance: { resourceType: ["AWS::ECS::Service"] }',
    ),
  },
  'odd-value': {
    bad: rule('type: [PACKAGE_VULNERABILTY]'),
    at: 'example.yaml:3:10',
    good: rule('type: [PACKAGE_VULNERABILITY]'),
  },
} as const satisfies Partial<Record<ProblemCode, Example>>;
