import { describe, expect, it } from 'vitest';
import { loadArtifacts } from '../../cli/artifacts.ts';
import { route, routesOf } from '../../cli/explain/routes.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import { template } from './explaining.ts';

const scan = { 'detail-type': 'ECR Image Scan', detail: {} };
const withResource = (id: string, resource: { readonly Type: string; readonly Properties?: object } | undefined) => {
  const { [id]: _old, ...others } = template.Resources as { readonly [id: string]: { readonly Type: string } };
  return { Resources: resource === undefined ? others : { ...others, [id]: { Properties: {}, ...resource } } } as never;
};
const intakeUnder = (given: Parameters<typeof routesOf>[0]) => route(routesOf(given), scan).intake;

describe('the way of an event through the template', () => {
  it('leads over rule, queue and mapping to the function, by its key in serverless.yml', () => {
    expect(intakeUnder(template)).toBe('scans');
  });

  it.each(['ScanRule', 'Mapping', 'ScanFunction'])('ends without %s', (id) => {
    expect(intakeUnder(withResource(id, undefined))).toBeNull();
  });

  it('ends at a rule that is disabled', () => {
    const { Type, Properties } = template.Resources.ScanRule;
    expect(
      intakeUnder(withResource('ScanRule', { Type, Properties: { ...Properties, State: 'DISABLED' } })),
    ).toBeNull();
  });

  it('says which rule came nearest, and what it wanted', () => {
    const other = {
      Type: 'AWS::Events::Rule',
      Properties: { ...template.Resources.ScanRule.Properties, EventPattern: { source: ['aws.guardduty'] } },
    };
    const routes = routesOf(withResource('A', other));
    expect(route(routes, { source: 'aws.ecr', 'detail-type': 'ECR Image Scan', detail: { ignored: 1 } })).toEqual({
      intake: null,
      because: 'No rule of the template routes it, so Firebreak never sees it (ScanRule: detail.ignored 1 is there).',
    });
  });

  it.each([
    ['no rule is about its kind', { source: 'aws.ecr', 'detail-type': 'ECR Replication Action', detail: { n: 1 } }],
    ['no rule is about its source', { source: 'aws.ecs', 'detail-type': 'ECR Replication Action', detail: { n: 2 } }],
  ])('says that %s, whatever else of a rule would hold', (_what, event) => {
    const { Properties } = template.Resources.ScanRule;
    const pattern = { source: ['aws.ecr'], 'detail-type': ['ECR Image Scan'], detail: { n: [1] } };
    const other = { Type: 'AWS::Events::Rule', Properties: { ...Properties, EventPattern: pattern } };
    const because = `none listens to "${event['detail-type']}" events of ${event.source}`;
    expect(route(routesOf(withResource('A', other)), event)).toMatchObject({
      because: `No rule of the template routes it, so Firebreak never sees it (${because}).`,
    });
  });

  it.each([
    ['ecr-image-action-archived', /: detail\.target-storage-class "ARCHIVE" is "ARCHIVE", which is excluded/],
    ['ecr-image-action-deleted', /: detail\.action-type "DELETE" is not "PUSH"/],
  ])('names the field of %s that differs', (name, sentence) => {
    const shipped = routesOf(loadArtifacts().template);
    expect(route(shipped, sampleEvent(name))).toMatchObject({ because: expect.stringMatching(sentence) });
  });

  it('says so when there is no rule at all', () => {
    expect(route([], { ...scan, source: 'aws.ecr' })).toEqual({
      intake: null,
      because:
        'No rule of the template routes it, so Firebreak never sees it (none listens to "ECR Image Scan" events of aws.ecr).',
    });
  });
});
