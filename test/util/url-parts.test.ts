import { expect, test } from 'vitest';
import { isIpAddress, isPublicHost, portOf, urlParts, withoutPort } from '../../src/util/url-parts.ts';

test.each([
  ['https://api.example.com:8443/a/b?c=d#e', 'api.example.com', '8443', '/a/b'],
  ['https://user:pass@example.com', 'example.com', '', '/'],
  ['http://[::1]:80/x', '::1', '80', '/x'],
  ['/only/a/path?x=1', '', '', '/only/a/path'],
  ['no url at all', '', '', '/no url at all'],
  ['', '', '', '/'],
])('%s is taken apart', (text, host, port, path) => {
  expect(urlParts(text)).toEqual({ host, port, path });
});

test.each([
  ['api.fedex.com', true],
  ['cart', false],
  ['cart.default.svc', false],
  ['cart.default.svc.cluster.local', false],
  ['db.internal', false],
  ['printer.lan', false],
  ['8.8.8.8', true],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['127.0.0.1', false],
  ['2001:4860:4860::8888', true],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::1', false],
])('%s is public: %s', (host, expected) => {
  expect(isPublicHost(host)).toBe(expected);
});

test('a port is no part of a host, but the colons of an address are', () => {
  expect(['cart:8080', '10.0.0.1:80', '[::1]:80', '::1', 'cart'].map(withoutPort)).toEqual([
    'cart',
    '10.0.0.1',
    '::1',
    '::1',
    'cart',
  ]);
  expect(['cart:8080', '::1', 'cart'].map(portOf)).toEqual(['8080', '', '']);
  expect(['10.0.0.1', '::1', 'fe80::1', 'cart', 'a:b'].map(isIpAddress)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
