import { describe, expect, it } from 'vitest';
import { replayPage } from '../../../cli/replay/html/page.ts';
import { resultOf, seriesOf } from '../../../cli/replay/result.ts';
import { replayLines } from '../../../cli/replay/table.ts';
import { htmlText } from '../../../shared/report/text.ts';
import { scan } from '../../finding/sampleEvent.ts';
import { replayOf, setOf } from './replaying.ts';

const hostile =
  '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\n</style>&amp;{{a}} https://evil.example/';
const critical = 'name: critical\nwhen: { label: [critical] }\ndo: [ecr.quarantine-image]\n';

/** A replay whose every text that others may write is hostile: a reason, a path, a file's name, an incident. */
async function hostileReplay() {
  const sets = ['observe', 'enforce'].map((mode) => setOf({ 'rules/critical': `${critical}mode: ${mode}\n` }));
  const replayed = await replayOf(sets, [scan(), { ...scan(), source: hostile, 'detail-type': hostile }]);
  await replayed.take({ ...scan(), detail: { 'scan-status': hostile, 'repository-name': 7 } }, () => hostile);
  const [a, b] = replayed.sides;
  for (const side of [a, b]) {
    const [sum] = side?.tally.sums.values() ?? [];
    if (side !== undefined && sum !== undefined) side.tally.sums.set(`image/${hostile}`, sum);
    side?.tally.rules.set(hostile, 1);
  }
  return replayed;
}

const told = { zone: 'UTC', account: false };

describe('the report', () => {
  it('shows what others wrote, and never reads it as markup', async () => {
    const replayed = await hostileReplay();
    const page = replayPage(resultOf(replayed, told), seriesOf(replayed.sides), { a: hostile, b: hostile });
    expect(page).toContain(
      '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;\\u{202e}',
    );
    expect(page.match(/<script|<img|onerror=(?!alert\(1\)&gt;)/g)).toBeNull();
    // No tag but our own, each as often opened as closed.
    const tags = [...page.matchAll(/<(\/?)([a-z][a-z0-9]*)/g)].map(([, end = '', name = '']) => `${end}${name}`);
    const alone = new Set(['meta', 'line']);
    const count = (tag: string): number => tags.filter((one) => one === tag).length;
    for (const tag of new Set(tags)) {
      if (!tag.startsWith('/') && !alone.has(tag)) expect(count(`/${tag}`), tag).toBe(count(tag));
    }
    expect(tags).not.toContain('a');
  });

  it('is one file that loads nothing, and forbids it', async () => {
    const replayed = await hostileReplay();
    const page = replayPage(resultOf(replayed, told), seriesOf(replayed.sides), { a: 'rules', b: null });
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/https?:\/\/|url\(|@import|\ssrc="|\shref="|javascript:/i);
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).toContain('width=device-width');
  });

  it('has no place for a text that would leave its attribute', () => {
    expect(htmlText(`a"b'c<d>e&f`)).toBe('a&quot;b&#39;c&lt;d&gt;e&amp;f');
    expect(htmlText('x'.repeat(10_000)).length).toBeLessThanOrEqual(600);
  });
});

describe('the table', () => {
  it('is lines of ours: what others wrote begins none and moves nothing', async () => {
    const replayed = await hostileReplay();
    const lines = replayLines(resultOf(replayed, told));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(lines.join('\n')).toContain('onerror=alert(1)>\\u{202e}');
  });

  it('says what it rests on, and what differs', async () => {
    const replayed = await hostileReplay();
    const lines = replayLines(resultOf(replayed, told));
    expect(lines).toContainEqual(expect.stringContaining('No account file was given'));
    expect(lines).toContainEqual(expect.stringMatching(/^pages +0 +0$/));
    expect(lines).toContainEqual(expect.stringMatching(/^done: ecr\.quarantine-image +0 +1 +\+1$/));
    expect(lines).toContainEqual(expect.stringMatching(/checkout-api@sha256:[0-9a-f]+: new containment$/));
    expect(lines).toContainEqual('    A: observe; by critical; would do ecr.quarantine-image; tells 1 digest');
    expect(lines).toContainEqual('    B: contain; by critical; does ecr.quarantine-image; tells 1 digest');
  });
});
