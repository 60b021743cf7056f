import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileFolder } from '../../cli/files.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { threatClass, traitOf, typesBySeverity, typesOfClassA } from '../../shared/plan/threatTypes.ts';
import { asksFirst } from '../../shared/rules/rule.ts';
import { configRules } from '../../tools/findingKinds/config/rules.ts';
import { guardDutySections } from '../../tools/findingKinds/guardDuty/sections.ts';
import { inspectorKinds } from '../../tools/findingKinds/inspector/kinds.ts';
import { kindEvents } from '../../tools/findingKinds/pages.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const types = guardDutySections.flatMap((section) => section.types);
const listed = types.map(({ type }) => type);

/** The cells of each row of the tables of a page, without their heads. */
const rowsOf = (page: string): readonly (readonly string[])[] =>
  read(`docs/${page}.generated.md`)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | '))
    .filter(([first]) => first !== '---' && first !== 'Type' && first !== 'Managed rule' && first !== 'Kind');

describe('the table of GuardDuty types', () => {
  it('has no type twice, and a row without an empty cell for each', () => {
    expect(new Set(listed).size).toBe(listed.length);
    const rows = rowsOf('guardduty');
    expect(rows.map(([type]) => type)).toEqual(listed.map((type) => `\`${type}\``));
    expect(rows.filter((cells) => cells.length !== 7 || cells.some((cell) => cell.trim() === ''))).toEqual([]);
  });

  it('says of a call of the anonymous user that it is one, whatever it was for', () => {
    const anonymous = types.filter(({ type }) => type.endsWith('/SuccessfulAnonymousAccess'));
    expect(anonymous.length).toBeGreaterThan(4);
    expect(new Set(anonymous.map(({ says }) => says))).toEqual(
      new Set(['The cluster answered somebody who said no name.']),
    );
  });

  // S3, RDS and Bedrock are taken by severity: the page says so.
  const elsewhere = /:(S3|RDS)\/|:IAMUser\/|Bedrock|\/Example/i;

  it('has every type that the product knows by name', () => {
    const known = [...typesOfClassA, ...typesBySeverity].filter((type) => !/:(S3|EKS)\/(?!Compromised)/.test(type));
    expect(known.filter((type) => !listed.includes(type))).toEqual([]);
  });

  it('has every type of a sample event that is about what Firebreak looks after', () => {
    const found = readdirSync(join(root, 'events'))
      .filter((file) => /^guardduty-.*\.json$/.test(file) && !/malformed|unknown-type|sight|sample/.test(file))
      .map((file) => (JSON.parse(read(`events/${file}`)) as { detail: { type?: string } }).detail.type ?? '')
      .filter((type) => !elsewhere.test(type));
    expect(found.length).toBeGreaterThan(20);
    expect(found.filter((type) => !listed.includes(type))).toEqual([]);
  });

  it('says the class and the cause that Decide says', () => {
    for (const [index, [, severity, kind, cause]] of rowsOf('guardduty').entries()) {
      const one = types[index];
      if (one === undefined) throw new Error('a row of no type');
      expect([one.type, severity, kind]).toEqual([one.type, `${one.severity}`, threatClass(one)]);
      const intrusion = traitOf(one, { signals: [] }) === 'interactive';
      expect([one.type, cause?.startsWith('somebody')]).toEqual([one.type, intrusion]);
    }
  });
});

describe('the table of rules of AWS Config', () => {
  const rows = rowsOf('config-rules');

  it('has a row without an empty cell for each', () => {
    expect(rows.map(([rule]) => rule)).toEqual(configRules.map(({ rule }) => `\`${rule}\``));
    expect(new Set(rows.map(([rule]) => rule)).size).toBe(rows.length);
    expect(rows.filter((cells) => cells.length !== 7 || cells.some((cell) => cell.trim() === ''))).toEqual([]);
  });

  it('says why not more exactly where no action mends it', () => {
    const names = catalogue.map(({ name }) => `\`${name}\``);
    for (const [rule, , , mends = '', , , why] of rows) {
      const actions = mends === 'told only' ? [] : mends.split(', ');
      expect([rule, actions.filter((action) => !names.includes(action))]).toEqual([rule, []]);
      expect([rule, why?.startsWith('mended') === true]).toEqual([rule, actions.length > 0]);
    }
  });

  it('says of no rule that it mends before it does: who only observes, and who asks', () => {
    const { rules } = compileFolder(join(root, 'rules'));
    const why = new Map<string, string>();
    for (const [, , , mends, does = '', , says = ''] of rows) {
      const name = /^\[`([a-z0-9-]+)`\]/.exec(does)?.[1];
      const rule = rules.find((one) => one.name === name);
      if (rule === undefined) throw new Error(`${does} begins with no rule`);
      why.set(rule.name, says);
      if (mends === 'told only') expect(does).not.toContain('would');
      else expect([name, says.includes('once you enforce it')]).toEqual([name, rule.mode === 'observe']);
      if (mends !== 'told only') expect([name, says.includes('by approval')]).toEqual([name, asksFirst(rule)]);
    }
    expect(why.get('host-patch')).toBe('mended, by approval');
    expect(why.get('imds-v1')).toBe('mended once you enforce it');
    expect(why.get('secret-in-definition')).toMatch(
      /^mended once you enforce it, by approval, but not all of it\. An access key alone .*secret-moved\.yaml/,
    );
  });

  it('has what each is about in words with one space between', () => {
    expect(rows.filter((cells) => cells.some((cell) => cell.includes('  ')))).toEqual([]);
  });
});

describe('the table of kinds of Inspector', () => {
  it('has a row without an empty cell for each', () => {
    const rows = rowsOf('inspector');
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter((cells) => cells.length !== 4 || cells.some((cell) => cell.trim() === ''))).toEqual([]);
    expect(new Set(rows.map(([kind]) => kind)).size).toBe(rows.length);
  });

  it('tells of what is seen exploited as a notice at least, unless little is gained by it', () => {
    const seen = rowsOf('inspector').filter(([kind = '']) => /(critical|high|untriaged), seen exploited/.test(kind));
    expect(seen.length).toBe(15);
    expect(seen.filter(([, , told]) => told !== 'notice')).toEqual([]);
  });

  it('has the same weaknesses of an image, a host and a function', () => {
    const of = (what: string) =>
      inspectorKinds.flatMap(({ kind, with: fields }) =>
        kind.startsWith(`${what}, `) && 'severity' in fields && 'fixAvailable' in fields
          ? [kind.slice(what.length)]
          : [],
      );
    expect(of('Image').length).toBe(17);
    expect([of('Host'), of('Function')]).toEqual([of('Image'), of('Image')]);
  });
});

describe('the events of all kinds', () => {
  it('are the files below events/kinds, each with a line of what it must lead to', () => {
    const files = readdirSync(join(root, 'events', 'kinds')).map((file) => `kinds/${file}`);
    expect(files.toSorted()).toEqual([...kindEvents(root).keys()].toSorted());
    const expected = read('events/expected.jsonl')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event);
    expect(files.filter((file) => !expected.includes(file))).toEqual([]);
  });
});
