/** A page in its own chunk: `component: lazyPage(() => import('./order-list.tsx'))`. Pages export their component as default. */
import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';

export const lazyPage = (load: () => Promise<{ default: ComponentType }>): RouteComponent =>
  lazyRouteComponent(load, 'default');
