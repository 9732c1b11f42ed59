import { type RouteLocationNormalized, type RouteRecordRaw, createRouter, createWebHistory } from 'vue-router';
import { askAhead, useSession } from '@/api';

export interface MenuEntry {
  readonly group: '工作台' | '事项' | '部门' | '领导' | '管理';
  readonly order: number;
  readonly label: string;
  /** Name of an icon in shell/menu-icons.ts. */
  readonly icon?: string;
}

declare module 'vue-router' {
  interface RouteMeta {
    title?: string;
    /** Needed to see the page: an act that the server grants to the person somewhere. */
    act?: string;
    /** Any one of these is enough. */
    anyAct?: readonly string[];
    menu?: MenuEntry;
    /** What the page reads first: asked for as soon as its reader is known, before the page itself is there. */
    reads?: (to: RouteLocationNormalized) => readonly string[];
    isPublic?: boolean;
    /** Pages with a full screen of their own, without the shell. */
    isBare?: boolean;
    /** Hangs where anybody passes: names nobody, not even its reader. */
    isForPassersBy?: boolean;
  }
}

// Every area of pages brings its own routes; no list of them is kept by hand.
const areas = import.meta.glob<{ routes: readonly RouteRecordRaw[] }>('./pages/*/routes.ts', { eager: true });
const pages = Object.values(areas).flatMap((area) => area.routes);

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    {
      path: '/login',
      component: () => import('./shell/LoginPage.vue'),
      meta: { title: '登录', isPublic: true, isBare: true },
    },
    { path: '/password', component: () => import('./shell/PasswordPage.vue'), meta: { title: '修改密码' } },
    ...pages,
    { path: '/:rest(.*)*', component: () => import('./shell/NotFoundPage.vue'), meta: { title: '没有找到' } },
  ],
  // A page with places of its own goes to them itself, once what they stand in has come.
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash === '' ? { top: 0 } : false),
});

export function mayOpen(meta: { act?: string; anyAct?: readonly string[] }): boolean {
  const { may } = useSession();
  if (meta.anyAct !== undefined) return meta.anyAct.some(may);
  return meta.act === undefined || may(meta.act);
}

/** Asks for the page while the login is taken up. What fails here fails again, and is told, when the page is opened. */
function fetchEarly({ matched }: RouteLocationNormalized): void {
  for (const { components } of matched) {
    const page = components?.['default'] as (() => Promise<unknown>) | object | undefined;
    if (typeof page === 'function') page().catch(() => undefined);
  }
}

router.beforeEach(async (to, from) => {
  const session = useSession();
  if (to.path === '/login') return true;
  fetchEarly(to);
  const isKnown = session.self !== null || (await session.resume().catch(() => false));
  // Whoever is known reads what is public within the frame of the workbench.
  if (to.meta.isPublic === true) return true;
  if (!isKnown) {
    return { path: '/login', query: to.fullPath === '/' ? {} : { to: to.fullPath } };
  }
  if (session.self?.mustChangePassword === true && to.path !== '/password') return '/password';
  if (!mayOpen(to.meta)) return { path: '/no-such-page', replace: true };
  if (to.path !== from.path) askAhead(to.meta.reads?.(to) ?? []);
  return true;
});

router.afterEach((to) => {
  document.title = `${to.meta.title ?? ''} · 综治中心调解工作台`;
});
