/** A page in its own file: `component: lazyPage(() => import('./order-list.tsx'))`. Pages export their component as default. */
import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { allTexts } from '../i18n/index.ts';

type Load = () => Promise<{ default: ComponentType }>;

export const lazyPage = (load: Load): RouteComponent =>
  lazyRouteComponent(async () => {
    const [page] = await Promise.all([load(), allTexts()]);
    return page;
  }, 'default');

/** A page that most people begin with: it says nothing but the first texts (`i18n/<locale>/index.ts`). */
export const firstPage = (load: Load): RouteComponent => lazyRouteComponent(load, 'default');
