import { type KeyObject, randomBytes, sign } from 'node:crypto'

export type CertificateRequest = {
  /** common name */
  subject: string
  publicKey: KeyObject
  issuer: { name: string /** on curve P-256 */; privateKey: KeyObject }
  /** true: may issue certificates itself */
  isAuthority?: boolean
  /** names of hosts that it is good for; *.example.com stands for one label */
  hosts?: string[]
}

const HOURS_VALID = 2

/** Issues an X.509 certificate (RFC 5280), as PEM. Node reads certificates and makes keys, but issues no certificates. */
export const issueCertificate = (request: CertificateRequest): string => {
  const { subject, publicKey, issuer, isAuthority = false, hosts = [] } = request
  const extensions = [...(isAuthority ? [MAY_ISSUE] : []), ...(hosts.length > 0 ? [alternativeNames(hosts)] : [])]
  const toBeSigned = sequence(
    der(0xa0, der(INTEGER, Buffer.from([VERSION_3]))),
    der(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    nameOf(issuer.name),
    sequence(utcTime(-1), utcTime(HOURS_VALID)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
  )
  const signature = sign('sha256', toBeSigned, issuer.privateKey)
  const certificate = sequence(toBeSigned, ECDSA_WITH_SHA256, bitString(signature))
  const lines = certificate.toString('base64').replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

/** One value of DER (X.690): tag, length, content. */
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content])
}

const INTEGER = 0x02
const VERSION_3 = 2
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const bitString = (bytes: Buffer): Buffer => der(0x03, Buffer.from([0]), bytes)

/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'))
/** 2.5.29.19, basicConstraints, critical: cA TRUE */
const MAY_ISSUE = sequence(
  oid('551d13'),
  der(0x01, Buffer.from([0xff])),
  der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
)
/** 2.5.29.17, subjectAltName: dNSName */
const alternativeNames = (hosts: string[]): Buffer =>
  sequence(oid('551d11'), der(0x04, sequence(...hosts.map((host) => der(0x82, Buffer.from(host, 'ascii'))))))
/** 2.5.4.3, commonName, as UTF8String */
const nameOf = (text: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text, 'utf8')))))

/** YYMMDDHHMMSSZ, some hours from now. */
const utcTime = (hours: number): Buffer => {
  const time = new Date(Date.now() + hours * 3_600_000).toISOString()
  return der(0x17, Buffer.from(time.replace(/^\d\d|[-:T]|\.\d+/g, ''), 'ascii'))
}
