/** The superuser's address with the product's database. */
export function asSuperuser(superUrl: string, ownerUrl: string): string {
  const url = new URL(superUrl);
  url.pathname = new URL(ownerUrl).pathname;
  return url.href;
}
