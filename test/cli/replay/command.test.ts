import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firebreak, isOneSentence } from '../firebreak.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-replay-'));
const path = (name: string): string => join(folder, name);
const here = (below: string): string => fileURLToPath(new URL(`../../../${below}`, import.meta.url));
const critical = here('events/ecr-scan-critical.json');
const miner = here('events/guardduty-ecs-miner.json');
const malformed = here('events/ecr-scan-malformed-digest.json');

beforeAll(() => {
  for (const [name, mode] of [
    ['a', 'observe'],
    ['b', 'enforce'],
  ] as const) {
    mkdirSync(path(name));
    writeFileSync(
      join(path(name), 'critical.yaml'),
      `name: critical\nwhen: { label: [critical] }\ndo: [ecr.quarantine-image]\nmode: ${mode}\n`,
    );
  }
  writeFileSync(path('lines.jsonl'), '{"id":"1"}\n{"id":');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('firebreak replay', () => {
  it('prints what the contract names, and ends with 0 though an event is invalid', async () => {
    const { exit, out } = await firebreak(
      'replay',
      critical,
      miner,
      malformed,
      '--rules',
      path('a'),
      '--against',
      path('b'),
      '--json',
    );
    expect(exit).toBe(0);
    const result = JSON.parse(out) as { readonly changed: readonly unknown[] };
    expect(result).toMatchObject({
      version: 1,
      events: 3,
      invalid: { count: 1, paths: [{ name: 'detail.image-digest', count: 1, first: malformed }] },
      a: { incidents: 1, decisions: { observe: 1, ignore: 1 }, pages: { page: 0, notice: 0, digest: 1 }, actions: {} },
      b: { incidents: 1, decisions: { contain: 1, ignore: 1 }, actions: { 'ecr.quarantine-image': 1 }, targets: 1 },
      unknown: [expect.stringContaining('No account file was given'), expect.any(String)],
    });
    expect(result.changed).toMatchObject([
      { what: ['new containment'], a: { decision: 'observe' }, b: { decision: 'contain' } },
    ]);
  });

  it('has no B where nothing is compared, and says so of the same rules twice', async () => {
    const alone = JSON.parse((await firebreak('replay', critical, '--rules', path('b'), '--json')).out) as object;
    expect(alone).toMatchObject({ a: { decisions: { contain: 1 } }, changed: [] });
    expect(alone).not.toHaveProperty('b');
    const { out } = await firebreak('replay', critical, '--rules', path('b'), '--against', path('b'));
    expect(out).toContain('0 incidents differ from A to B');
  });

  it('writes the report where it is told to', async () => {
    const { exit, err } = await firebreak(
      'replay',
      critical,
      '--rules',
      path('a'),
      '--against',
      path('b'),
      '--html',
      path('r.html'),
    );
    expect([exit, err]).toEqual([0, `The report is in ${path('r.html')}.\n`]);
    expect(readFileSync(path('r.html'), 'utf8')).toMatch(/^<!doctype html>.*1 incident differs.*<\/html>\n$/s);
  });

  it('reads an account file: what runs an image is held, and what belongs to a task is known', async () => {
    const account = here('examples/shop.account.yaml');
    const { exit, out } = await firebreak(
      'replay',
      critical,
      '--rules',
      path('b'),
      '--account',
      account,
      '--at',
      '2026-11-20T10:00:00Z',
      '--json',
    );
    expect(exit).toBe(0);
    const { unknown } = JSON.parse(out) as { readonly unknown: readonly string[] };
    expect(unknown).toEqual([expect.stringContaining('Every step counts as done')]);
    const explained = await firebreak(
      'explain',
      critical,
      '--rules',
      path('b'),
      '--account',
      account,
      '--at',
      '2026-11-20T10:00:00Z',
      '--json',
    );
    const { events } = JSON.parse(explained.out) as {
      readonly events: readonly [{ decision: string; page: { tier: string } }];
    };
    const [{ decision, page }] = events;
    expect(JSON.parse(out)).toMatchObject({ a: { decisions: { [decision]: 1 }, pages: { [page.tier]: 1 } } });
  });

  it.each([
    ['a file that is not there', [path('none.jsonl')], /none\.jsonl cannot be read: there is no such file/],
    ['a line that is no JSON', [path('lines.jsonl')], /lines\.jsonl: line 2 is not JSON/],
    ['no folder of rules', [critical, '--rules', path('nowhere')], /nowhere is not a folder of rules/],
    ['another that is none', [critical, '--against', path('nowhere')], /nowhere is not a folder of rules/],
    ['no time zone', [critical, '--zone', 'Middle/Earth'], /"Middle\/Earth" is no time zone/],
    ['standard input twice', ['-', '-'], /Standard input can be read once/],
    [
      'a report that cannot be written',
      [critical, '--html', join(folder, 'no', 'r.html')],
      /r\.html cannot be written/,
    ],
  ])('says in one sentence what is wrong: %s', async (_what, args, says) => {
    const ran = await firebreak('replay', ...args);
    expect(ran.exit).toBe(2);
    expect(isOneSentence(ran), ran.err).toBe(true);
    expect(ran.err).toMatch(says);
  });
});
