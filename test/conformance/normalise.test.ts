import { describe, expect, it } from 'vitest';
import { normalise } from '../../conformance/normalise.ts';
import type { Script } from '../../conformance/script.ts';
import type { Json } from '../../shared/platform/json.ts';

const side = (fields: Script['fields'], endpoint = 'http://127.0.0.1:1') => {
  const labels = new Map<string, string>();
  return (step: string, value: Json): Json => normalise(value, { fields, endpoint, step, labels });
};

describe('what may differ', () => {
  it('is an id, but not which id it is', () => {
    const fields = { Id: 'id' } as const;
    const [ours, moto] = [side(fields), side(fields)];
    expect(ours('makes', { Id: 'a' })).toEqual(moto('makes', { Id: 'b' }));
    expect(ours('reads', { Id: 'a' })).toEqual(moto('reads', { Id: 'b' }));
    expect(ours('reads', { Id: 'a' })).not.toEqual(moto('reads', { Id: 'c' }));
    expect(moto('reads', { Id: '' })).toEqual({ Id: '' });
  });

  it('is a time, in any of the ways in which services write one', () => {
    const at = side({ When: 'time' });
    const written = ['2026-11-20T02:00:00.000Z', 1_795_000_000, 1_795_000_000_000, '1795000000'];
    expect(written.map((When) => at('x', { When }))).toEqual(written.map(() => ({ When: '<time>' })));
    expect([0, 'soon', null].map((When) => at('x', { When }))).toEqual([0, 'soon', null].map((When) => ({ When })));
  });

  it('is the order of a list, and nothing else about it', () => {
    const at = side({ Tags: 'unordered', Items: 'by Name' });
    expect(at('x', { Tags: ['b', 'a'] })).toEqual(at('x', { Tags: ['a', 'b'] }));
    expect(at('x', { Tags: ['b', 'a'] })).not.toEqual(at('x', { Tags: ['a', 'a'] }));
    const items = [
      { Name: 'b', n: 1 },
      { Name: 'a', n: 2 },
    ];
    expect(at('x', { Items: items })).toEqual({ Items: items.toReversed() });
    expect(at('x', { Other: ['b', 'a'] })).toEqual({ Other: ['b', 'a'] });
  });

  it('is how JSON is spaced, and each field within it by its own rule', () => {
    const at = side({ Body: 'json', 'Body.id': 'text' });
    expect(at('x', { Body: '{"id": "1", "a": [1]}' })).toEqual(at('x', { Body: '{"a":[1],"id":"2"}' }));
    expect(at('x', { Body: 'plain' })).toEqual({ Body: 'plain' });
  });

  it('is the endpoint in any text, and no field that is not named', () => {
    const fields = { Id: 'id' } as const;
    const ours = side(fields)('x', { Url: 'http://127.0.0.1:1/q', Other: 'a' });
    expect(ours).toEqual({ Url: '<endpoint>/q', Other: 'a' });
    expect(ours).toEqual(side(fields, 'http://127.0.0.1:2')('x', { Url: 'http://127.0.0.1:2/q', Other: 'a' }));
  });
});
