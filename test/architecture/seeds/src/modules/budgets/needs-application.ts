// breaks: composition-is-the-root, modules-know-no-composition
import '../../app.module.js';
