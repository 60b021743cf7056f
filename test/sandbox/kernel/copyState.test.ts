import { describe, expect, it } from 'vitest';
import { copyState, overwriteState } from '../../../sandbox/kernel/copyState.ts';

const copied = <T>(value: T, keep: (one: object) => boolean = () => false): T => copyState(value, new Map(), keep);

class Shelf {
  readonly books = new Map<string, number>();
  count(): number {
    return this.books.size;
  }
}

describe('a copy of state', () => {
  it('has its own maps, sets, lists, dates and objects', () => {
    const original = { map: new Map([['a', { n: 1 }]]), set: new Set([[1]]), list: [{ n: 2 }], at: new Date(5) };
    const copy = copied(original);
    expect(copy).toEqual(original);
    original.map.set('b', { n: 3 });
    for (const one of original.map.values()) one.n = 9;
    for (const one of original.set) one.push(2);
    original.list.push({ n: 4 });
    original.at.setTime(6);
    expect(copy).toEqual({ map: new Map([['a', { n: 1 }]]), set: new Set([[1]]), list: [{ n: 2 }], at: new Date(5) });
  });

  it('keeps the class', () => {
    const shelf = new Shelf();
    const copy = copied(shelf);
    copy.books.set('x', 1);
    expect([shelf.count(), copy.count()]).toEqual([0, 1]);
  });

  it('shares what was shared, and goes in circles where the original does', () => {
    const host = { name: 'h' };
    const task: { readonly host: object; self?: object } = { host };
    task.self = task;
    const copy = copied({ host, tasks: [task] });
    expect(copy.tasks[0]?.host).toBe(copy.host);
    expect(copy.tasks[0]?.self).toBe(copy.tasks[0]);
    expect(copy.host).not.toBe(host);
  });

  it('works out from its own members what is worked out', () => {
    const service = {
      deployments: ['old'],
      get current() {
        return this.deployments[0];
      },
    };
    const copy = copied(service);
    copy.deployments[0] = 'new';
    expect([service.current, copy.current]).toEqual(['old', 'new']);
  });

  it('does not copy what lives, nor functions', () => {
    const worker = { lives: true };
    const tell = (): number => 1;
    const copy = copied({ worker, tell }, (one) => one === worker);
    expect(copy.worker).toBe(worker);
    expect(copy.tell).toBe(tell);
  });
});

it('state that is written over stays the same object, with nothing left of what it held', () => {
  const live = new Map([['x', { n: 1 }]]);
  overwriteState(new Map([['a', { n: 2 }]]), live, new Map(), () => false);
  expect([...live]).toEqual([['a', { n: 2 }]]);
  const object: Record<string, unknown> = { gone: 1, list: [1] };
  overwriteState({ list: [2] }, object, new Map(), () => false);
  expect(object).toEqual({ list: [2] });
});
