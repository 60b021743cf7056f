import { describe, expect, it } from 'vitest';
import { route, routesOf } from '../../cli/explain/routes.ts';
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

  it('says so when there is no rule at all', () => {
    expect(route([], scan)).toEqual({
      intake: null,
      because: 'No rule of the template routes it, so Firebreak never sees it.',
    });
  });
});
