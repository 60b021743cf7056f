import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addGate } from '../../../cli/gate/command.ts';

const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/payments/api:1.0';

/** What the command throws; `cli/main.ts` prints it as one sentence, and ends with 2 (badInput.test.ts). */
async function refusal(...args: readonly string[]): Promise<unknown> {
  const program = new Command().exitOverride();
  addGate(program);
  try {
    return await program.parseAsync(['gate', ...args], { from: 'user' });
  } catch (error) {
    return error;
  }
}

describe('firebreak gate', () => {
  it.each([
    ['no image', ['https://example.com/api'], 'is no image'],
    ['what a shell would run', ['api:$(id)'], 'is no image'],
    ['what a terminal would obey', ['api:\u001b[2J'], 'is no image'],
    ['two forms', [image, '--json', '--sarif'], '--json and --sarif are two forms'],
    ['two places of rules', [image, '--stage', 'prod', '--rules', 'rules'], 'two places to read rules from'],
    ['no folder', [image, '--rules', 'nowhere'], 'nowhere is not a folder of rules'],
    ['no duration', [image, '--wait', 'long'], '--wait "long" is no duration'],
    ['a report of no form', [image, '--report', 'gate.txt'], 'must end in .json, .sarif or .xml'],
  ])('refuses %s, and asks nobody', async (_what, args, said) => {
    expect(await refusal(...args)).toMatchObject({ name: 'UsageError', message: expect.stringContaining(said) });
  });
});
