export * from './api-client.ts';
export * from './back-off.ts';
export * from './live-stream.ts';
export * from './problem.ts';
export type { components as GatewayTypes } from './generated/gateway.ts';
export type { components as NotificationsTypes } from './generated/notifications.ts';
