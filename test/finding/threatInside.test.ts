import { expect, it } from 'vitest';
import { findingsOf, oneFinding } from './sampleEvent.ts';
import { type Tree, threatEvent } from './threatEvent.ts';

const insideOf = (sample: string, changes: Tree = {}) => oneFinding(threatEvent(sample, changes)).threat?.inside;
const local = (localIpDetails: Tree | null) => ({
  service: { action: { networkConnectionAction: { localIpDetails } } },
});

it('says of a host which container it was, and its own end of the connection', () => {
  expect(insideOf('container-c2')).toEqual({
    container: '5f2b9c7d1e3a48609b7c5d3e1f204a6b8c9d0e1f2a3b4c5d6e7f8091a2b3c4d5',
    address: '10.0.78.31',
  });
  expect(insideOf('instance-c2')).toEqual({ container: null, address: '10.0.1.23' });
  expect(insideOf('container-on-host')).toEqual({ container: '7c1d0e2f3a4b', address: null });
});

it('writes an address in the one form in which it is compared, and leaves out what is none', () => {
  const sixth = { ipAddressV4: null, ipAddressV6: '2001:0DB8:0:0::7' };
  expect(insideOf('container-c2', local(sixth))?.address).toBe('2001:db8::7');
  expect(insideOf('container-c2', local({ ipAddressV4: '10.0.78.31/8' }))?.address).toBeNull();
  expect(insideOf('instance-c2', local(null))).toBeUndefined();
});

it.each(['ecs-container-escape', 'eks-reverse-shell', 'ecs-miner', 'nulls', 'instance-bitcoin-dns'])(
  'says nothing of %s: what is accused is named already, or nothing is known of it',
  (sample) => {
    for (const { threat } of findingsOf(threatEvent(sample))) expect(threat).not.toHaveProperty('inside');
  },
);

it('another container of the same host is news, as another process is', () => {
  const again = threatEvent('container-c2', { resource: { containerDetails: { id: 'a'.repeat(64) } } });
  expect(oneFinding(again).threat?.inside?.container).toBe('a'.repeat(64));
  expect(oneFinding(again).id).toBe(oneFinding(threatEvent('container-c2')).id);
});
