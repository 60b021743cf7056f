import { expect, test } from 'vitest';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { oneFinding, scan } from './sampleEvent.ts';

const finding = oneFinding(scan());

test('the same image of another account or Region is another incident', () => {
  const keys = [finding, { ...finding, account: '210987654321' }, { ...finding, region: 'eu-west-1' }].map(incidentKey);
  expect(new Set(keys).size).toBe(3);
});

test('another statement about the same image is the same incident', () => {
  expect(incidentKey({ ...finding, id: 'another', type: 'Another', source: 'inspector' })).toBe(incidentKey(finding));
});
