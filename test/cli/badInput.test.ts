import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { firebreak, isOneSentence } from './firebreak.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-bad-'));
const path = (name: string): string => join(folder, name);
const here = (below: string): string => fileURLToPath(new URL(`../../${below}`, import.meta.url));
const good = here('events/ecr-scan-critical.json');
const shipped = here('rules');

beforeAll(() => {
  writeFileSync(path('broken.json'), '{"id":');
  writeFileSync(path('typo.account.yaml'), 'repositorys: []\n');
  mkdirSync(path('rules'));
  mkdirSync(path('no-rules'));
  writeFileSync(path('number.json'), '7');
  writeFileSync(path('lines.jsonl'), '{"id":"1"}\n{"id":');
  writeFileSync(path('empty.json'), '\n');
  writeFileSync(path('hostile.json'), '\u001b]0;owned\u0007');
  writeFileSync(path('broken.account.yaml'), 'repositories: [\n');
  writeFileSync(path('rules/miner.yaml'), 'name: miner\nwhen: { severty: [1] }\ndo: [evidence.capture]\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nothing that a machine may know of AWS is known here. */
beforeEach(() => {
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('AWS_'))) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** What is asked -> what the one sentence says. */
const bad: readonly (readonly [what: string, args: readonly string[], says: RegExp])[] = [
  ['a file that is not there', ['explain', path('none.json')], /none\.json cannot be read: there is no such file/],
  ['an event that is no JSON', ['explain', path('broken.json')], /broken\.json: the input is not JSON/],
  ['a rule with a typo', ['explain', good, '--rules', path('rules')], /rules\/miner\.yaml:2:\d+ .*severty/],
  ['a folder without rules', ['explain', good, '--rules', path('no-rules')], /no-rules holds no rules: .*\*\.yaml/],
  ['a folder for an event', ['explain', path('rules')], /rules cannot be read: it is a folder/],
  ['an empty file', ['explain', path('empty.json')], /empty\.json: the input is empty: an event is a JSON object/],
  ['a line that is no JSON', ['explain', path('lines.jsonl')], /lines\.jsonl: line 2 is not JSON/],
  ['a file that would write to the terminal', ['explain', path('hostile.json')], /hostile\.json: .*\\u\{1b\}/],
  ['a scenario that is not there', ['demo', 'nothing'], /no scenario "nothing"\. There are: unused-image, /],
  ['an image that is none', ['gate', 'https://example.com/a'], /"https:\/\/example\.com\/a" is no image: write it as/],
  [
    'an image that nobody may ask about',
    ['gate', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1', '--rules', 'rules'],
    /No AWS credentials were found/,
  ],
  ['a pattern that is not there', ['match', path('none.json'), good], /none\.json cannot be read/],
  ['a pattern that is no JSON', ['match', path('broken.json'), good], /broken\.json: the pattern is not JSON/],
  ['a pattern that is none', ['match', good, good], /critical\.json: invalid pattern: version must be .*\["…"\]/],
  ['a pattern alone', ['match', good], /needs a pattern file and an event file, or --cases FILE/],
  ['a pattern and cases', ['match', good, '--cases', path('lines.jsonl')], /not both/],
  ['standard input twice', ['match', '-', '-'], /Standard input can be read once/],
  ['cases that are not there', ['match', '--cases', path('none.jsonl')], /none\.jsonl cannot be read/],
  ['no folder of rules', ['explain', good, '--rules', path('nowhere')], /nowhere is not a folder of rules/],
  [
    'an account file with a typo',
    ['explain', good, '--account', path('typo.account.yaml')],
    /typo\.account\.yaml:1:1: repositorys.*did you mean "repositories"/,
  ],
  [
    'an account file that is no YAML',
    ['explain', good, '--account', path('broken.account.yaml')],
    /account\.yaml:2:1: not readable as YAML/,
  ],
  ['a sandbox of no account file', ['sandbox', '--account', path('none.yaml')], /none\.yaml cannot be read/],
  ['a sandbox of rules with a typo', ['sandbox', '--rules', path('rules')], /miner\.yaml:2:\d+ .*severty/],
  [
    'a sandbox of rules that both act and observe',
    ['sandbox', '--rules', shipped, '--observe'],
    /--observe is about the/,
  ],
  ['a log that cannot be written', ['sandbox', '--log', path('none/log')], /none\/log cannot be opened for writing/],
  ['a stage without a name', ['incidents', '--stage', '', '--region', 'us-east-1'], /"" is no name of a stage/],
  ['no account file', ['explain', good, '--account', path('none.yaml')], /none\.yaml cannot be read/],
  ['incidents without a Region', ['incidents', 'list'], /No AWS Region is known: give --region/],
  ['incidents without credentials', ['incidents', 'list', '--region', 'us-east-1'], /No AWS credentials were found/],
  ['an undo for no reason', ['undo', 'x', '--reason', '  ', '--region', 'us-east-1'], /The reason is empty: say why/],
  ['a hold without a time', ['hold', 'x', '--reason', 'y'], /Say for how long: --for 4h/],
  ['a hold without a reason', ['hold', 'x', '--for', '4h'], /Say why, for whoever is woken meanwhile/],
  ['a hold for ever', ['hold', 'x', '--for', '8d', '--reason', 'y'], /--for 8d is longer than 7 days/],
  ['a hold for no time', ['hold', 'x', '--for', '0h', '--reason', 'y'], /--for "0h" is no duration/],
  ['a lease extended without a time', ['extend', 'x', '--reason', 'y'], /Say for how long: --for 7d/],
  ['a lease extended for ever', ['extend', 'x', '--for', 'P91D', '--reason', 'y'], /longer than 90 days/],
  ['a lease extended by no duration', ['extend', 'x', '--for', 'P1W', '--reason', 'y'], /is no duration/],
  ['a lease kept without a reason', ['keep', 'x'], /Say why, for whoever looks at it next/],
  ['a hold for a novel', ['hold', 'x', '--for', '4h', '--reason', 'y'.repeat(501)], /longer than 500 characters/],
  ['a containment for no reason', ['contain', 'x', '--reason', ' '], /The reason is empty: say why/],
  ['a stage that cannot be', ['undo', 'x', '--stage', 'a/b', '--region', 'us-east-1'], /"a\/b" is no name of a stage/],
];

describe('what cannot be answered: one sentence on standard error, exit 2', () => {
  it.each(bad)('%s', async (_what, args, says) => {
    const ran = await firebreak(...args);
    expect(ran.err).toMatch(says);
    expect(isOneSentence(ran), ran.err).toBe(true);
    expect(ran.exit).toBe(2);
  });

  it.each([
    ['an unknown option', ['explain', good, '--rulse', 'x'], /unknown option '--rulse'/],
    ['a missing argument', ['explain'], /missing required argument 'event'/],
    ['a time that is none', ['explain', good, '--at', 'yesterday'], /must be a time such as/],
    ['nothing to keep', ['keep'], /missing required argument 'incident'/],
    ['nothing to hold', ['hold', '--for', '4h'], /missing required argument 'incident'/],
    ['nothing to contain', ['contain'], /missing required argument 'incident'/],
    ['no incident', ['undo'], /missing required argument 'incident'/],
    ['a port that cannot be', ['sandbox', '--port', '70000'], /must be a whole number from 0 to 65535/],
    ['a seed that is no number', ['demo', '--seed', 'x'], /must be a whole number from 0 to 4294967295/],
    ['a command that is not there', ['explian'], /unknown command 'explian'[\s\S]*Did you mean explain/],
    ['one argument too many', ['sandbox', 'extra'], /too many arguments for 'sandbox'/],
  ])('%s', async (_what, args, says) => {
    const ran = await firebreak(...args);
    expect(ran).toMatchObject({ exit: 2, out: '' });
    expect(ran.err).toMatch(says);
  });
});

describe('an account file with several mistakes', () => {
  it('gets one sentence for each, and exit 2', async () => {
    writeFileSync(path('many.account.yaml'), 'region: 7\n"re\\e[31mgion": x\n');
    const ran = await firebreak('explain', good, '--account', path('many.account.yaml'));
    expect(ran).toMatchObject({ exit: 2, out: '' });
    expect(ran.err.split('\n')).toEqual([
      expect.stringMatching(/^firebreak: .*many\.account\.yaml:1:1: region: must be text; put it in quotes$/),
      expect.stringMatching(
        /^firebreak: .*many\.account\.yaml:2:1: re\\u\{1b\}\[31mgion: "re\\u\{1b\}\[31mgion" is not a key/,
      ),
      '',
    ]);
  });
});

describe('explain', () => {
  it('answers in JSON, exit 0', async () => {
    const ran = await firebreak('explain', good, '--json', '--rules', shipped);
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(JSON.parse(ran.out)).toMatchObject({ version: 1, events: [{ source: 'aws.ecr', decision: 'observe' }] });
  });

  it('ends with 1 when an event is invalid, having explained the others, without colour', async () => {
    writeFileSync(path('invalid.json'), JSON.stringify({ 'detail-type': 'ECR Image Scan', source: 'aws.ecr' }));
    const ran = await firebreak('explain', path('invalid.json'), good);
    expect(ran.exit).toBe(1);
    expect(ran.out).toMatch(/INVALID: account must be a text[\s\S]*\n\n[\s\S]*OBSERVE: /);
    expect(ran.out).not.toContain('\u001b[');
  });
});
