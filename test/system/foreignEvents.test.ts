import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../cli/artifacts.ts';
import type { Explained } from '../../cli/explain/explained.ts';
import { firebreak } from './firebreak.ts';

/** Events that others recorded or documented. They are read where they lie, and are no part of this repository. */
const folder = join(root, '../shared/events');
const files = ['public', 'constructed'].flatMap((name) => {
  const within = join(folder, name);
  if (!existsSync(within)) return [];
  return readdirSync(within)
    .filter((file) => file.endsWith('.json'))
    .map((file) => join(within, file));
});

it.skipIf(files.length === 0)('every event of others gets a decision and a reason, with ISO dates', async () => {
  const { out, err, exit } = await firebreak(['explain', ...files, '--json']);
  const { events } = JSON.parse(out) as { readonly events: readonly Explained[] };
  expect({ err, exit }).toEqual({ err: '', exit: events.some(({ decision }) => decision === 'invalid') ? 1 : 0 });
  expect(events.length).toBeGreaterThanOrEqual(files.length);
  for (const { id, decision, reason, path, findings } of events) {
    expect(['contain', 'observe', 'approve', 'hold', 'ignore', 'invalid'], `${id}`).toContain(decision);
    expect(reason, `${id}`).toMatch(/\S \S/);
    // Each is invalid for a reason of its own: an account of asterisks, the 29th of February of 2023, an empty detail, a finding in OCSF that the documentation leaves empty.
    if (decision === 'invalid')
      expect(path, reason).toMatch(/^(account|time|detail\.id|detail\.findings\[0\]\.finding_info\.uid)$/);
    for (const { observedAt } of findings) expect(observedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
});
