import { describe, expect, it } from 'vitest';
import { creationOrder } from '../../../sandbox/template/order.ts';
import { readTemplate } from '../../../sandbox/template/template.ts';

const order = (Resources: Parameters<typeof readTemplate>[0]['Resources']) =>
  creationOrder(readTemplate({ Resources }));

describe('the order of creation', () => {
  it('puts each after those that it refers to, otherwise as written', () => {
    const list = order({
      Rule: { Type: 'R', Properties: { Target: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
      First: { Type: 'F', DependsOn: ['Last', 'Rule'] },
      Queue: { Type: 'Q' },
      Last: { Type: 'L', DependsOn: 'Queue' },
    });
    expect(list).toEqual(['Queue', 'Rule', 'Last', 'First']);
  });

  it('refuses a circle, and shows it', () => {
    expect(() =>
      order({
        Start: { Type: 'S', DependsOn: 'A' },
        A: { Type: 'A', Properties: { x: { Ref: 'B' } } },
        B: { Type: 'B', Properties: { x: { 'Fn::Sub': '${C.Arn}' } } },
        C: { Type: 'C', DependsOn: 'A' },
      }),
    ).toThrow('template: A: depends on itself: A -> B -> C -> A');
  });

  it('refuses to wait for what is not there', () => {
    expect(() => order({ A: { Type: 'A', DependsOn: 'B' } })).toThrow(
      'template: A.DependsOn: names B, which the template does not have',
    );
  });
});
