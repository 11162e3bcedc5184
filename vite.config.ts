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

/** Every field of antd asks whether it stands in a form, and the file that it asks brings all of forms along. It needs their context only. */
const leanFields = (): Plugin => ({
  name: 'lean-fields',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source !== '@rc-component/form' || !/antd[\\/]es[\\/]form[\\/]context\.js$/.test(importer ?? '')) return null;
    return this.resolve('@rc-component/form/es/FormContext.js', importer);
  },
});

const LIBRARY = /node_modules[\\/](antd|@ant-design|@rc-component|rc-[a-z-]+)[\\/]/;
/** What is entered and sent, and what it stands in. */
const FORMS =
  /node_modules[\\/](antd[\\/]es[\\/](form|grid|drawer|modal|radio|skeleton)|@rc-component[\\/](form|async-validator|drawer|dialog)|scroll-into-view-if-needed|compute-scroll-into-view)[\\/]/;
const CALENDAR = /node_modules[\\/](antd[\\/]es[\\/](date-picker|calendar|time-picker)|@rc-component[\\/]picker)[\\/]/;

/** The client: built into dist/web, served by the product itself. No external fonts, scripts or calls, nothing inline. */
export default defineConfig({
  plugins: [quietIcons(), leanFields(), react()],
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
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next)[\\/](?!.*virtual)/,
              priority: 3,
            },
            // What most pages share of the component library in one file: dozens of small ones pack badly. Lists begin without forms and calendars.
            {
              name: 'components',
              test: (id) => LIBRARY.test(id) && !FORMS.test(id) && !CALENDAR.test(id),
              minShareCount: 24,
              priority: 2,
            },
            { name: 'forms', test: (id) => FORMS.test(id), minShareCount: 12, priority: 1 },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
});
