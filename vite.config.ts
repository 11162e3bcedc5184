import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * Icons of antd name themselves in English ("plus"), and a button reads "plus 新增" to a screen reader. An icon that nobody has named is
 * decoration and hidden, in our own pages and inside antd's parts alike.
 */
const quietIcons = (): Plugin => ({
  name: 'quiet-icons',
  enforce: 'pre',
  transform(code, id) {
    if (!/@ant-design\/icons\/.*\/AntdIcon(Light)?\.js/.test(id)) return undefined;
    const named = /role: "img",\s*"aria-label": icon\.name/;
    if (!named.test(code)) this.error('the icons of antd have changed: see quiet-icons in vite.config.ts');
    return code.replace(
      named,
      '...(restProps["aria-label"] === undefined ? { "aria-hidden": true } : { role: "img" })',
    );
  },
});

/** The client: built into dist/web, served by the product itself. No external fonts, scripts or calls, nothing inline. */
export default defineConfig({
  plugins: [quietIcons(), react()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next)[\\/]/,
              priority: 2,
            },
            // What most pages share of the component library in one file: dozens of small ones pack badly.
            {
              name: 'components',
              // The calendar is not among them: lists begin without it.
              test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-[a-z-]+|dayjs)[\\/](?!es[\\/](date-picker|calendar|time-picker)[\\/])(?!picker[\\/])/,
              minShareCount: 24,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
});
