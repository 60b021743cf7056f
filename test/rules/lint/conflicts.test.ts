import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../../shared/rules/compile.ts';

const saidOf = (when: string, does = 'evidence.capture'): readonly string[] =>
  compileRuleSet(
    [{ path: 'rules/asked', text: `name: asked\nwhen: ${when}\ndo: [${does}]\nmode: observe\n` }],
    catalogue,
  ).problems.map(({ code, message }) => `${code}: ${message}`);

describe('why conditions exclude each other', () => {
  it.each([
    [
      '{ source: [config], compliance: { rule: [restricted-ssh], type: [Patch] } }',
      'in findings of config "compliance.type" is "config" alone',
    ],
    ['{ source: [config], type: [ImageScan] }', 'in findings of config "type" is "ConfigCompliance" alone'],
    ['{ source: [ecr], compliance: { type: [Patch] } }', '"compliance.type" is in findings of config and ssm alone'],
  ])('%s: it is said by what the source may have there', (when, why) => {
    expect(saidOf(when)).toEqual([expect.stringContaining(why)]);
  });
});
