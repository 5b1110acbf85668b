/** The services of the fake client's data. */
import type { ServiceRef } from '../../src/model/service.ts';

export const ORDERS: ServiceRef = { name: 'orders', type: 'service' };
export const SHOP: ServiceRef = { name: 'shop', type: 'application' };
export const NGINX: ServiceRef = { name: 'nginx', type: 'web server' };
export const ORDERS_DB: ServiceRef = { name: 'orders', type: 'database' };
