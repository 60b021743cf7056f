import { describe, expect, it } from 'vitest';
import { missing, withEnvironment } from '../system/environment.ts';
import { plain, plainImages } from '../system/plainImages.ts';
import { sourceNamed } from '../system/sources.ts';
import { openStage, type Stage } from '../system/stage.ts';

const image = plain('a');

/** A scan on an account where one function does not start, and an hour of it. */
async function hourWithout(name: string): Promise<Stage> {
  const stage = await openStage({
    template: withEnvironment(missing, (one) => one === `firebreak-dev-${name}`),
    world: plainImages,
  });
  stage.scan(image);
  if (['threatFinding', 'configChange', 'imageActivity', 'hubFinding', 'runningImage'].includes(name))
    stage.deliver(sourceNamed(name).event(stage));
  await stage.pass(3600);
  return stage;
}
const pages = (stage: Stage): readonly string[] =>
  stage.told().flatMap(({ tier, subject }) => (tier === 'page' ? [subject] : []));

describe('a function that does not start wakes somebody, and no incident is left at work', () => {
  it.each([
    ['imageScan', ['ALARM: "firebreak-dev-image-scan-dead-letters" in US East (N. Virginia)'], 'ACTIVE'],
    ['threatFinding', ['ALARM: "firebreak-dev-threat-finding-dead-letters" in US East (N. Virginia)'], 'ARCHIVED'],
    ['configChange', ['ALARM: "firebreak-dev-config-change-dead-letters" in US East (N. Virginia)'], 'ARCHIVED'],
    ['imageActivity', ['ALARM: "firebreak-dev-image-activity-dead-letters" in US East (N. Virginia)'], 'ARCHIVED'],
    ['hubFinding', ['ALARM: "firebreak-dev-hub-finding-dead-letters" in US East (N. Virginia)'], 'ARCHIVED'],
    ['runningImage', ['ALARM: "firebreak-dev-running-image-dead-letters" in US East (N. Virginia)'], 'ARCHIVED'],
    ['decide', ['GET UP: Firebreak could not finish'], 'ACTIVE'],
    ['act', [`GET UP: plain/image-a NOT contained, aaaaaaaaaaaa us-east-1 123456789012`], 'ACTIVE'],
    ['verify', [`GET UP: plain/image-a NOT contained, aaaaaaaaaaaa us-east-1 123456789012`], 'ARCHIVED'],
    ['report', ['GET UP: Firebreak could not finish'], 'ARCHIVED'],
    ['channel', ['ALARM: "firebreak-dev-channel-dead-letters" in US East (N. Virginia)'], 'ARCHIVED'],
    ['sweep', ['ALARM: "firebreak-dev-sweep-errors" in US East (N. Virginia)'], 'ARCHIVED'],
  ])('%s', async (name, told, status) => {
    await using stage = await hourWithout(name);
    expect(pages(stage)).toEqual(told);
    expect(stage.statuses(image.repository)).toEqual({ [image.digest]: status });
    expect(stage.heads().map(({ state }) => state)).not.toContain('running');
  });
});
