import * as z from 'zod';
import type { Finding } from '../../shared/finding/finding.ts';
import type { RuleSource } from '../../shared/rules/rule.ts';
import type { RuleAction } from '../../shared/rules/schema.ts';

/** Two actions, as far as rules look at them. */
export const actions: readonly RuleAction[] = [
  { name: 'evidence.capture', params: z.strictObject({}), targets: ['image'] },
  {
    name: 'ecr.quarantine-image',
    params: z.strictObject({ reach: z.enum(['digest', 'index']).default('index') }),
    targets: ['image'],
  },
];

export const finding: Finding = {
  id: 'ecr/ImageScan/1',
  source: 'ecr',
  type: 'ImageScan',
  status: 'open',
  severity: 9,
  label: 'critical',
  account: '123456789012',
  region: 'eu-west-1',
  observedAt: '2026-11-20T09:14:03.000Z',
  title: '12 critical',
  sample: false,
  resource: {
    kind: 'image',
    id: 'shop/api@sha256:1',
    arn: 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api',
    repository: 'shop/api',
    digest: 'sha256:1',
    tags: ['1.0', 'prod'],
  },
  counts: { critical: 12, high: 0, medium: 0, low: 0, informational: 0, undefined: 0 },
};

export const rule = (name: string, rest = '', type = 'ImageScan'): RuleSource => ({
  path: `rules/${name}`,
  text: `name: ${name}\nwhen:\n  type: [${type}]\ndo:\n  - evidence.capture\n${rest}`,
});

export const exemption = (name: string, rest = ''): RuleSource => ({
  path: `exemptions/${name}`,
  text: `name: ${name}\nwhen:\n  resource: { repository: [shop/api] }\nowner: team\nreason: base image\nexpires: 2026-12-31\n${rest}`,
});
