import { describe, expect, it } from 'vitest';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { aboutOther, hubEvent, resource } from './hubEvent.ts';
import { oneFinding } from './sampleEvent.ts';
import type { Tree } from './threatEvent.ts';

const digest = `sha256:${'3f'.repeat(32)}`;
const another = `sha256:${'4e'.repeat(32)}`;
const host = '123456789012.dkr.ecr.us-east-1.amazonaws.com';
const image = `${host}/payments/checkout-api`;
const built = `${host}/batch/invoice-export@${another}`;
const ours = 'image/123456789012/us-east-1/payments/checkout-api';

const about = (Type: string, Id: string, Other: Tree): Tree => ({ ...resource(Type, Id), Details: { Other } });
const told = (...given: Parameters<typeof about>): string =>
  incidentKey(oneFinding(aboutOther('aqua-tag', about(...given))));

describe('an image that the Id names', () => {
  it.each([
    ['by a tag', `${image}:1.42.0`, ours],
    ['by a tag, with the system behind it', `${image}:1.42.0 (alpine 3.20.3)`, ours],
    ['by its digest', `${image}@${digest}`, `${ours}@${digest}`],
    ['by the ARN of its repository', 'arn:aws:ecr:us-east-1:123456789012:repository/payments/checkout-api', ours],
    [
      'by its own ARN',
      `arn:aws:ecr:us-east-1:123456789012:repository/payments/checkout-api/${digest}`,
      `${ours}@${digest}`,
    ],
  ])('%s is no other image that a field names by its digest', (_how, id, incident) => {
    for (const type of ['Container', 'Other'])
      for (const field of ['PkgName', 'baseImage', 'id', 'image', 'ImageName', 'baseImageDigest'])
        expect(told(type, id, { [field]: built })).toBe(incident);
  });

  it.each([
    ['in another registry', 'docker.io/library/nginx:1'],
    ['in another account', `${host.replace('1234', '9994')}/payments/checkout-api:1.42.0`],
    ['without a registry', 'payments/checkout-api:1.42.0'],
    ['in no form that is known', `${image}@${digest}/CVE-2026-23456`],
  ])('%s is none of ours that a field names', (_where, id) => {
    expect(told('Container', id, { PkgName: built, image: built })).toBe(
      `other/123456789012/us-east-1/Container/${id}`,
    );
  });

  it('has the digest with which a field names it, in its registry and of its tag', () => {
    const id = `${image}:1.42.0`;
    expect(told('Container', id, { PkgName: built, repo: `${image}@${digest}` })).toBe(`${ours}@${digest}`);
    expect(told('Container', id, { repo: `${image}:1.42.0@${digest}` })).toBe(`${ours}@${digest}`);
    expect(told('Container', id, { repo: `${image}:1.41.0@${digest}` })).toBe(ours);
    expect(told('Container', id, { repo: `${image.replace('us-east', 'eu-west')}@${digest}` })).toBe(ours);
    expect(told('Container', id, { repo: `${image}@${digest}`, old: `${image}@${another}` })).toBe(ours);
    expect(told('Container', 'payments/checkout-api:1.42.0', { repo: `${image}@${digest}` })).toBe(`${ours}@${digest}`);
  });

  it('has the digest that is called its own, and not one that is called otherwise', () => {
    const id = `${image}:1.42.0`;
    expect(told('Container', id, { imageDigest: digest })).toBe(`${ours}@${digest}`);
    expect(told('Container', id, { 'container.image.digest': digest })).toBe(`${ours}@${digest}`);
    expect(told('Container', id, { baseImageDigest: digest })).toBe(ours);
    expect(told('Container', id, { imageDigest: digest, baseImageDigest: another })).toBe(ours);
  });
});

describe('an image that the Id does not name', () => {
  const id = 'container/9b2d7c4e1f0a';
  it('is the one in the field that is there for it', () => {
    for (const field of ['image', 'ImageName', 'container.image'])
      expect(told('Other', id, { [field]: `${image}@${digest}`, PkgName: built })).toBe(`${ours}@${digest}`);
    expect(told('Other', id, { image: `${image}:1.42.0`, PkgName: built })).toBe(ours);
    expect(told('Other', id, { image: 'ghcr.io/shop/api:1', PkgName: built })).toMatch(/^other\//);
  });

  it('is never the one that it was built from', () => {
    expect(told('Other', id, { baseImage: built })).toMatch(/^other\//);
    expect(told('Other', id, { parent_image: built, scanned: `${image}@${digest}` })).toBe(`${ours}@${digest}`);
  });

  it('is none where several are named, and the title says so first', () => {
    for (const other of [built, `ghcr.io/shop/api@${another}`]) {
      const finding = oneFinding(
        aboutOther('aqua-tag', about('Other', id, { PkgName: other, scanned: `${image}@${digest}` })),
      );
      expect(finding.resource).toMatchObject({ kind: 'other', id: `Other/${id}` });
      expect(finding.title).toMatch(
        /^Several images are named \([a-z/-]+, [a-z/-]+\) and the Id of the resource does not say which it is: none is acted on\. Trivy found/,
      );
    }
  });

  it('is none in OCSF either, and one that the uid names is no other', () => {
    const named = (uid: string, Other: Tree) =>
      oneFinding(hubEvent('v2-vulnerability', { resources: [{ type: 'Container', uid, data: { Other } }] }));
    expect(incidentKey(named(`${image}:1.42.0`, { PkgName: built }))).toBe(ours);
    expect(named(id, { PkgName: built, scanned: `${image}@${digest}` }).title).toMatch(/^Several images are named/);
  });
});
