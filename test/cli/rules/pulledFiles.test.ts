import { describe, expect, it } from 'vitest';
import { filesFor } from '../../../cli/rules/pulledFiles.ts';

const of = (...paths: string[]) => filesFor(paths.map((path) => ({ path, text: `text of ${path}` })));

describe('what is pulled', () => {
  it('lies where push reads it: rules in the folder, exemptions in theirs, settings beside the rules', () => {
    expect(of('rules/a', 'rules/b.json', 'exemptions/a', 'settings')).toEqual([
      { below: 'a.yaml', text: 'text of rules/a' },
      { below: 'b.json', text: 'text of rules/b.json' },
      { below: 'exemptions/a.yaml', text: 'text of exemptions/a' },
      { below: 'settings.yaml', text: 'text of settings' },
    ]);
  });

  it.each([
    [['settings', 'rules/settings'], 'the parameters settings and rules/settings would both be the file settings.yaml'],
    [['rules/a', 'rules/a.yaml'], 'the parameters rules/a and rules/a.yaml would both be the file a.yaml'],
    [['rules/settings'], 'rules/settings would be the file settings.yaml, which is read as the settings'],
    [['rules/settings.json', 'settings'], 'settings.json, which is read as the settings'],
  ])('is refused where a file would be lost or mistaken (%j)', (paths, said) => {
    expect(() => of(...paths)).toThrow(said);
  });
});
