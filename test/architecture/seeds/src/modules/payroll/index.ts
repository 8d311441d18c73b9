// breaks: every-module-has-its-place
import '#platform';
