import { expect, it } from 'vitest';
import { askFunctionUrl } from '../../sandbox/services/lambda/url/ask.ts';
import { bundles, openStage, packaged } from './stage.ts';

it('opens the link of a page', async () => {
  expect(bundles).toBeDefined(); expect(packaged).toBeDefined(); expect(askFunctionUrl).toBeDefined();
  await using stage = await openStage({ web: true });
  expect(stage).toBeDefined();
});
