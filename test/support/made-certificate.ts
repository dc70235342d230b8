import { generateKeyPairSync, sign } from 'node:crypto';

const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts);
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'));
const text = (tag: number, of: string) => tlv(tag, Buffer.from(of));
const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;

/** A certificate (自签名证书) for a name, which signs itself and is good until 2099: made anew for each run, so that no key lies anywhere. */
export function madeCertificate(name: string): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid('2a8648ce3d040302'));
  const who = sequence(tlv(0x31, sequence(oid('550403'), text(0x0c, name))));
  const alternative = sequence(oid('551d11'), tlv(0x04, sequence(text(0x82, name))));
  const authority = sequence(oid('551d13'), tlv(0x01, Buffer.from([0xff])), tlv(0x04, sequence(tlv(0x01, Buffer.from([0xff])))));
  const told = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    algorithm,
    who,
    sequence(text(0x17, '200101000000Z'), text(0x18, '20991231235959Z')),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(authority, alternative)),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', told, privateKey));
  return { cert: pem('CERTIFICATE', sequence(told, algorithm, signature)), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}
