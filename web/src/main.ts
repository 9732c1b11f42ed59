import 'element-plus/theme-chalk/base.css';
import './ui/theme.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router';

// Areas register their own act forms and reference choices when the program starts.
import.meta.glob('./pages/*/register.ts', { eager: true });

createApp(App).use(createPinia()).use(router).mount('#app');
