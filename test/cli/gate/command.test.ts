import { describe, expect, it } from 'vitest';
import { firebreak, isOneSentence } from '../firebreak.ts';

const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/payments/api:1.0';

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
  ])('refuses %s in one sentence, and asks nobody', async (_what, args, said) => {
    const ran = await firebreak('gate', ...args);
    expect(ran.exit).toBe(2);
    expect(isOneSentence(ran)).toBe(true);
    expect(ran.err).toContain(said);
  });
});
