/**
 * Which places a webhook may reach. The URL is checked when it is saved and again before each try; the address that a name stands for is
 * checked while dialling, and what was checked is what is dialled. Hosts of an inner network are reached only where the operator names them.
 * Source: P18, W1, W2.
 */
import { lookup as dnsLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

const PORTS = ['', '443', '8443'];
/** What ipaddr.js takes for ordinary although it leads elsewhere: local-use NAT64, IPv4 in old clothes, segment routing, the old 6bone. */
const NOT_PUBLIC = ['64:ff9b:1::/48', '::/96', '5f00::/16', '3ffe::/16'].map((text) => ipaddr.IPv6.parseCIDR(text));

/** Whether an address lies in the public internet: no private, loopback, link-local, multicast, mapped, tunnelled or reserved one. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  return !(address instanceof ipaddr.IPv6) || !NOT_PUBLIC.some((range) => address.match(range));
}

/** Hosts that the operator allows, as `host` or `host:port`. */
export type AllowedHosts = readonly string[];
const isNamed = (url: URL, allowed: AllowedHosts) => allowed.includes(url.hostname) || allowed.includes(url.host);

/** The URL, or null when no webhook may go there. Says nothing yet about the addresses behind the name. */
export function webhookUrl(text: string, allowed: AllowedHosts): URL | null {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return null;
  if (isNamed(url, allowed)) return /^https?:$/.test(url.protocol) ? url : null;
  if (url.protocol !== 'https:' || !PORTS.includes(url.port)) return null;
  const host = url.hostname;
  // The parser has turned every spelling of an IPv4 address into the usual one, and puts IPv6 into brackets.
  if (host.startsWith('[') || ipaddr.isValid(host)) return null;
  return /^(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(host) &&
    !/\.(localhost|local|internal|home\.arpa)$/.test(host)
    ? url
    : null;
}

/** A name led to an address that is not public. */
export class BlockedAddress extends Error {}

export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

const resolveByDns: Resolve = (host) =>
  new Promise((done, fail) => {
    dnsLookup(host, { all: true, verbatim: true }, (error, addresses) =>
      error === null ? done(addresses) : fail(error),
    );
  });

/** A lookup for sockets: one address among several that is not public blocks them all. */
export function guardedLookup(isAllowed: (host: string) => boolean, resolve: Resolve = resolveByDns): LookupFunction {
  return (host, options, callback) => {
    void resolve(host).then(
      (addresses) => {
        const blocked = isAllowed(host) ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
        const [first] = addresses;
        if (blocked !== undefined || first === undefined)
          callback(new BlockedAddress(`${host} leads to a place that is not public`), '', 0);
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}
