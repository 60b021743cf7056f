import { describe, expect, it } from 'vitest';
import { type Case, dangersBetween, expectWaits, settings, shipped } from './packEdits.ts';

const images = (written: string) => settings(`images: ${written}`);
const profile = (name: string) => `"arn:aws:signer:eu-west-1:123456789012:/signing-profiles/${name}"`;
const root = (letter: string) => `"${letter.repeat(64)}"`;
const signed = (more = '') => images(`{ signed: { by: managed${more} } }`);

const waits: readonly Case[] = [
  [
    'registries are gone',
    images('{ registries: [docker.io] }'),
    settings(''),
    'settings let images come from anywhere: images.registries is gone',
  ],
  [
    'a registry more',
    images('{ registries: [docker.io] }'),
    images('{ registries: [docker.io, ghcr.io] }'),
    'settings let images come from more registries: ghcr.io',
  ],
  ['no signature any more', signed(), images('{}'), 'settings let unsigned images be deployed: images.signed is gone'],
  [
    'a weaker signature',
    signed(),
    images('{ signed: { by: attached } }'),
    'settings want a weaker signature of images: images.signed is attached, which was managed',
  ],
  [
    'another profile',
    signed(`, profiles: [${profile('aa')}]`),
    signed(`, profiles: [${profile('bb')}]`),
    'settings want a weaker signature of images: images.signed is managed, by one profile, which was managed, by one profile',
  ],
  [
    'any profile',
    signed(`, profiles: [${profile('aa')}]`),
    signed(),
    'settings want a weaker signature of images: images.signed is managed, which was managed, by one profile',
  ],
  [
    'revoked signatures',
    signed(', revocation: ask'),
    signed(),
    'settings let images be deployed whose signature was revoked: images.signed.revocation is gone',
  ],
  [
    'another root',
    signed(`, revocation: ask, roots: [${root('a')}]`),
    signed(`, revocation: ask, roots: [${root('b')}]`),
    'settings trust more roots of signatures: images.signed.roots has more, or is gone',
  ],
  [
    'any root',
    signed(`, revocation: ask, roots: [${root('a')}]`),
    signed(', revocation: ask'),
    'settings trust more roots of signatures: images.signed.roots has more, or is gone',
  ],
  [
    'images of another Region',
    images('{ acrossRegions: block }'),
    images('{ acrossRegions: allow }'),
    'settings let images be pulled across Regions: images.acrossRegions is allow',
  ],
  [
    'older images',
    images('{ maxAgeDays: 30 }'),
    images('{ maxAgeDays: 90 }'),
    'settings let older images be deployed: images.maxAgeDays is 90, which was 30',
  ],
  [
    'images of any age',
    images('{ maxAgeDays: 30 }'),
    settings(''),
    'settings let older images be deployed: images.maxAgeDays is gone, which was 30',
  ],
  [
    'images that nobody scanned',
    {},
    images('{ unscanned: allow }'),
    'settings let unscanned images be deployed: images.unscanned is allow',
  ],
];

const passes: readonly (readonly [string, Case[1], Case[2]])[] = [
  ['a first policy', {}, images('{ registries: [docker.io], signed: {}, maxAgeDays: 30 }')],
  ['a registry less', images('{ registries: [docker.io, ghcr.io] }'), images('{ registries: [docker.io] }')],
  ['a stronger signature', images('{ signed: { by: attached } }'), signed()],
  [
    'fewer profiles',
    signed(`, profiles: [${profile('aa')}, ${profile('bb')}]`),
    signed(`, profiles: [${profile('bb')}]`),
  ],
  ['revoked signatures asked about', signed(), signed(', revocation: ask')],
  ['a root', signed(', revocation: ask'), signed(`, revocation: ask, roots: [${root('a')}]`)],
  ['younger images', images('{ maxAgeDays: 90 }'), images('{ maxAgeDays: 30 }')],
  ['unscanned images blocked', images('{ unscanned: allow }'), images('{ unscanned: block }')],
];

describe('what images may be deployed', () => {
  it.each(waits)('waits for a person: %s', expectWaits);

  it.each(passes)('goes through: %s', (_what, before, after) => {
    expect(dangersBetween({ ...shipped, ...before }, { ...shipped, ...after })).toEqual([]);
  });
});
