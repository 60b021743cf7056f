import { describe, expect, test } from 'vitest';
import { sourceFor } from '../../shared/finding/registry.ts';
import { invalidPath, parsed, sampleEvent } from './sampleEvent.ts';

type Fields = { readonly [name: string]: unknown };
const findingsOf = (event: Parameters<typeof parsed>[0]) => {
  const result = parsed(event);
  return result.kind === 'findings' ? result.findings : [];
};
const unsigned = sampleEvent('inventory-unsigned');
const withImage = (change: Fields) => ({
  ...unsigned,
  detail: { ...unsigned.detail, image: { ...(unsigned.detail['image'] as Fields), ...change } },
});

describe('an image that runs and that is refused', () => {
  test('of this account and Region is the image that its scans are about', () => {
    expect(findingsOf(unsigned)).toMatchObject([
      {
        id: expect.stringMatching(
          /^inventory\/RunningImageRefused\/123456789012\/us-east-1\/payments\/checkout-api@sha256:.*\/unsigned$/,
        ),
        source: 'inventory',
        type: 'RunningImageRefused',
        status: 'open',
        severity: null,
        account: '123456789012',
        resource: { kind: 'image', repository: 'payments/checkout-api', tags: ['1.42.0', 'prod'] },
        refused: { reason: 'unsigned', repository: 'payments/checkout-api', runs: ['service/prod/checkout-api'] },
      },
    ]);
  });

  test.each(['across-regions', 'other-account', 'unapproved'])(
    'that lies elsewhere is told and never acted on: %s',
    (name) => {
      expect(findingsOf(sampleEvent(`inventory-${name}`))).toMatchObject([
        { account: '123456789012', region: 'us-east-1', resource: { kind: 'other', type: 'ContainerImage', arn: '' } },
      ]);
    },
  );

  test('for several reasons is a finding for each, of one incident', () => {
    const findings = findingsOf(sampleEvent('inventory-three-reasons'));
    expect(findings.map(({ refused, status }) => `${refused?.reason} ${status}`)).toEqual([
      'too-old open',
      'unscanned open',
      'unsigned resolved',
    ]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(3);
    expect(new Set(findings.map(({ resource }) => resource.id)).size).toBe(1);
  });

  test('has the same id when it is no more, so that it is over', () => {
    const [open, over] = ['inventory-unsigned', 'inventory-unsigned-resolved'].map(
      (name) => findingsOf(sampleEvent(name))[0],
    );
    expect(over?.id).toBe(open?.id);
    expect(over?.status).toBe('resolved');
  });

  test('together with many others is one finding about what runs here', () => {
    expect(findingsOf(sampleEvent('inventory-many'))).toMatchObject([
      { resource: { kind: 'other', id: 'RunningImages/123456789012' }, refused: { reason: 'many', registry: null } },
    ]);
  });

  test('whose digest or account would widen a policy is invalid', () => {
    expect(invalidPath(() => parsed(withImage({ digest: 'sha256:*' })))).toBe('detail.image.digest');
    expect(invalidPath(() => parsed(withImage({ account: '*' })))).toBe('detail.image.account');
    expect(invalidPath(() => parsed(withImage({ repository: 'a/*' })))).toBe('detail.image.repository');
  });

  test('is read from our own inventory alone', () => {
    expect(sourceFor({ ...unsigned, source: 'acme.inventory' } as never)).toBeUndefined();
    expect(sourceFor({ ...unsigned } as never)?.name).toBe('runningImage');
  });
});
