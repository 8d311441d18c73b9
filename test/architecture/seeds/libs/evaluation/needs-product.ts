// breaks: libs-know-no-product
import '#platform';
