import { expect, test } from 'vitest';
import { HOST, patchOf, stageOf } from './stage.ts';

test('state is plain data: a copy in its place goes on with what was queued', async () => {
  const stage = stageOf({
    [HOST]: { patches: [patchOf('kernel.x86_64')], behaviours: [{ answers: true, seconds: 100 }] },
  });
  const command = await stage.patch({ Operation: 'Install' });
  const { slices } = stage.account;
  for (const wait of [3, 105, 150]) {
    for (const [name, state] of slices) if (name.startsWith('ssm')) slices.set(name, structuredClone(state));
    await stage.seconds(wait);
  }
  expect(await stage.command(command)).toMatchObject({ Status: 'Success', CompletedCount: 1 });
  expect(await stage.patchState()).toMatchObject({ InstalledCount: 1 });
});
