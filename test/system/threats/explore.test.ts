import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Asked, faults } from '../../../sandbox/door/faults.ts';
import { accessDenied, relent } from '../refusals.ts';
import { openShop, serviceIncident, type Shop } from './shop.ts';

const nthWrite = (operation: string, n: number) => {
  let seen = 0;
  const asked = new Set<string>();
  return (one: Asked) => {
    if (one.functionName !== 'firebreak-dev-act' || one.operation !== operation) return undefined;
    seen += 1;
    return seen === n ? accessDenied : undefined;
  };
};
const names = ['s1', 's2', 'u1', 'u2', 'st', 'pr', 'rd', 'im'];
let shop: Shop;
beforeAll(async () => {
  shop = await openShop(names.map((name) => ({ name, autoscaled: true, desired: 2, protectedTasks: name === 'pr' ? 1 : 0, movedTag: name === 'rd', breaker: { enable: true, rollback: true } })));
});
afterEach(() => relent(shop.stage));
afterAll(() => shop[Symbol.asyncDispose]());
it.each([
  ['s1', 'RegisterScalableTarget', 1],
  ['s2', 'RegisterScalableTarget', 2],
  ['u1', 'UpdateService', 1],
  ['u2', 'UpdateService', 2],
  ['st', 'StopTask', 1],
  ['pr', 'UpdateTaskProtection', 1],
  ['rd', 'RegisterTaskDefinition', 1],
  ['im', 'UpdateImageStorageClass', 1],
])('%s %s %d', async (name, op, n) => {
  faults(shop.stage.account).push(nthWrite(op, n));
  const t0 = Date.now();
  await shop.find(name, {});
  await shop.settle();
  console.log('=======', name, op, n, Date.now() - t0);
  for (const m of shop.told()) console.log(m.tier, m.body.replace(/\nWhere[^]*?\n\n/, '\n').replace(/\nWhat was seen[^]*?\n\n/, '\n').replaceAll(/.*SHA-256.*\n/g,''));
  const s = await shop.service(name);
  console.log(JSON.stringify({ ...s, tasks: s.tasks.length }));
  relent(shop.stage);
  const a = await shop.undo(serviceIncident(name));
  await shop.stage.pass(40*60);
  for (const m of shop.told()) console.log('UNDO', a.kind, m.tier, m.body.replace(/\nWhere[^]*?\n\n/, '\n').replace(/\nWhat was seen[^]*?\n\n/, '\n'));
  const s2 = await shop.service(name);
  console.log(JSON.stringify({ ...s2, tasks: s2.tasks.length }));
});
