import { describe, expect, it } from 'vitest';
import { confirmed, saysYes } from '../../cli/confirm.ts';

const answers = (text: string) => async (): Promise<string> => text;
const never = (): Promise<string> => Promise.reject(new Error('Nobody is there to be asked'));

describe('a rule is switched when somebody has said so', () => {
  it.each(['y', 'Y', 'yes', ' yes '])('in a terminal by "%s"', async (text) => {
    expect(await confirmed({ terminal: true }, '?', answers(text))).toBe(true);
  });

  it.each(['', 'n', 'no', 'yesterday', 'image-critical'])('in a terminal not by "%s"', async (text) => {
    expect(await confirmed({ terminal: true }, '?', answers(text))).toBe(false);
  });

  it('by --yes, without being asked', async () => {
    expect(await confirmed({ terminal: true, yes: true }, '?', never)).toBe(true);
    expect(await confirmed({ terminal: false, yes: true, json: true }, '?', never)).toBe(true);
  });

  it('never where nobody can be asked', async () => {
    expect(await confirmed({ terminal: false }, '?', never)).toBe(false);
    expect(await confirmed({ terminal: true, json: true }, '?', never)).toBe(false);
  });
});

describe('what was asked for by name goes on', () => {
  it('unless somebody who sits there says no', async () => {
    expect(await saysYes({}, '?', answers('n'), true)).toBe(false);
    expect(await saysYes({}, '?', answers('y'), true)).toBe(true);
  });

  it('where nobody can be asked, or need be', async () => {
    expect(await saysYes({}, '?', never, false)).toBe(true);
    expect(await saysYes({ yes: true }, '?', never, true)).toBe(true);
    expect(await saysYes({ json: true }, '?', never, true)).toBe(true);
  });
});
