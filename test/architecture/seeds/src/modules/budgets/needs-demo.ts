// breaks: demo-is-a-guest, modules-know-no-composition
import '../../demo/demo.module.js';
