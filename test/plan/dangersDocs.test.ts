import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dangersBetween, type Texts, toldBetween } from './packEdits.ts';

const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');

/** The files that the page writes into its folder, as they stand there. */
const files: Texts = Object.fromEntries(
  [...page.matchAll(/^cat > my-rules\/(\S+)\.yaml <<'?END'?\n([\s\S]*?)^END$/gm)].map(([, path = '', text = '']) => [
    path === 'settings' || path.startsWith('exemptions/') ? path : `rules/${path}`,
    text.replaceAll('\\$', '$').replace(/\$\(.*\)/, '2026-12-20'),
  ]),
);
const rule = 'rules/batch-critical';

it('what docs/rules.md edits goes through, but for the one edit that is there to wait', () => {
  expect(Object.keys(files).sort()).toEqual(['exemptions/invoice-mailer', rule, 'settings']);
  const { [rule]: batch = null, settings = null } = files;
  const begun = { [rule]: batch };
  const loose = settings?.replace(/^protected[\s\S]*/m, '') ?? null;
  expect(dangersBetween(begun, { ...begun, settings })).toEqual([]);
  expect(dangersBetween({ ...begun, settings }, { ...begun, settings: loose })).toEqual([
    'settings protect less: {"repository":[{"prefix":"base/"}]} is not protected any more',
  ]);
  const promoted = { ...files, [rule]: batch?.replace('mode: observe', 'mode: enforce') ?? null };
  expect(dangersBetween({ ...begun, settings: loose }, files)).toEqual([]);
  expect([dangersBetween(files, promoted), toldBetween(files, promoted)]).toEqual([[], []]);
  expect(toldBetween(promoted, files)).toEqual(['rule batch-critical observes, and changes nothing any more']);
});
